const whole = new Intl.NumberFormat('en');

function characters(count: number): string {
  return count === 1 ? '1 character' : `${whole.format(count)} characters`;
}

/** How much of a text was typed, in characters. */
interface Lost {
  /** That the machine has for certain. */
  readonly certain: number;
  /** That were sent. */
  readonly sent: number;
  readonly all: number;
}

/** Typing texts in machines. */
export const typing = {
  progress: (typed: number, all: number) =>
    `${whole.format(typed)} of ${characters(all)} are typed.`,
  done: (all: number, machine: string) => `${characters(all)} typed in ${machine}.`,
  stopped: (typed: number, all: number) =>
    `Stopped: ${whole.format(typed)} of ${characters(all)} were typed, and no key is down.`,
  /** What is known when a connection breaks; nothing is typed again by itself. */
  lost: ({ certain, sent, all }: Lost) =>
    certain === sent
      ? `Exactly ${whole.format(certain)} of ${characters(all)} were typed. Nothing is typed again by itself.`
      : `${whole.format(certain)} of ${characters(all)} were typed; of the next ${whole.format(sent - certain)} it is not known. Look before you go on: nothing is typed again by itself.`,
  refused: (count: number, layout: string) =>
    `Nothing was typed: ${characters(count)} cannot be typed with the layout ${layout}.`,
  keymapUnusable: (keymap: string) =>
    `Nothing was typed: the definition has the keymap “${keymap}”, through which keys cannot be named. Remove it from the definition, or press keys through libvirt: --via send-key.`,
  nothing: 'There is nothing to type: standard input was empty.',
  needsOurs: (machine: string) =>
    `The agent of ${machine} cannot press keys through libvirt. Leave --via away.`,
  pictureSaved: (path: string, width: number, height: number) =>
    `${path}: ${width} × ${height} pixels.`,
  pictureUnwritable: (path: string, detail: string) =>
    `${path} cannot be written (${detail}). Give another file.`,
};
