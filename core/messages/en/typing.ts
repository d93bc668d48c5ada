import { amounts } from './amounts.ts';

/** A number of characters, in words. */
export function characters(count: number): string {
  return count === 1 ? '1 character' : `${amounts.count(count)} characters`;
}

function orList(all: readonly string[]): string {
  return all.join(' or ');
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
    `${amounts.count(typed)} of ${characters(all)} are typed.`,
  done: (all: number, machine: string) => `${characters(all)} typed in ${machine}.`,
  stopped: (typed: number, all: number) =>
    `Stopped: ${amounts.count(typed)} of ${characters(all)} were typed, and no key is down.`,
  /** What is known when a connection breaks; nothing is typed again by itself. */
  lost: ({ certain, sent, all }: Lost) =>
    certain === sent
      ? `Exactly ${amounts.count(certain)} of ${characters(all)} were typed. Nothing is typed again by itself.`
      : `${amounts.count(certain)} of ${characters(all)} were typed; of the next ${amounts.count(sent - certain)} it is not known. Look before you go on: nothing is typed again by itself.`,
  refused: (count: number, layout: string) =>
    `Nothing was typed: ${characters(count)} cannot be typed with the layout ${layout}.`,
  keymapUnusable: (keymap: string) =>
    `Nothing was typed: the definition has the keymap “${keymap}”, through which keys cannot be named. Remove it from the definition, or press keys through libvirt: --via send-key.`,
  dialog: {
    title: (machine: string) => `Type text in ${machine}`,
    description:
      'It is typed where the cursor of the guest is, with the keys that give it in the guest’s layout.',
    text: 'Text',
    layout: 'Keyboard layout of the guest',
    guessed: 'Guessed. What you choose is remembered for this machine.',
    remembered: 'Remembered for this machine.',
    pace: 'Pace',
    paces: { '12': 'Fast', '40': 'Slower', '120': 'Slow, for boot prompts' },
    preview: 'Preview',
    cannot: (count: number) =>
      `${count === 1 ? '1 character cannot' : `${amounts.count(count)} characters cannot`} be typed with this layout, so nothing of the text is typed.`,
    moreUntypable: (count: number) => `And ${amounts.count(count)} more.`,
    others: (layouts: readonly string[]) =>
      layouts.length === 0
        ? 'No layout that Archipel knows has all of them. Type the text in parts, or bring it there as a file.'
        : `All of them are on ${orList(layouts)}. Where the guest has that layout, choose it here; else set it there first.`,
    takes: (count: number, seconds: number) =>
      `${characters(count)}, about ${amounts.count(seconds)} s.`,
    type: 'Type it',
    empty: 'There is no text yet.',
    untypable: 'Some characters cannot be typed.',
    busy: 'Something is being typed.',
    nameless: 'Give it a name first.',
    stop: 'Stop (Esc)',
    close: 'Close',
    connecting: 'Connecting to the screen…',
    typingSecret: 'Typing…',
    secretDone: 'Typed.',
    secretStopped: 'Stopped; no key is down.',
    secretLost: 'The connection broke. How much was typed is not known; look before you go on.',
    secrets: 'Secrets of the keychain',
    secretsHint: 'No page sees them. Each time you are asked in a window of its own.',
    secret: 'Secret',
    enter: 'Press Enter after it',
    typeSecret: 'Type secret…',
    add: 'Add…',
    forget: 'Forget',
    name: 'Name of a new secret',
  },
  addSecret: {
    title: (name: string) => `Secret “${name}”`,
    effect:
      'It is kept in the keychain of this computer, and can be typed in machines. No page sees it.',
    verb: 'Keep',
    label: 'Secret',
  },
  confirmSecret: {
    title: (name: string, machine: string) => `Type “${name}” in ${machine}?`,
    effect:
      'Whoever sees the screen of the machine may see it. Be sure that the cursor is where a password is asked for.',
    verb: 'Type it',
  },
  nothing: 'There is nothing to type: standard input was empty.',
  askText: (machine: string) =>
    `The text for ${machine}. Ctrl+D at the beginning of a line ends it.`,
  needsOurs: (machine: string) =>
    `The agent of ${machine} cannot press keys through libvirt. Leave --via away.`,
  pictureSaved: (path: string, width: number, height: number) =>
    `${path}: ${width} × ${height} pixels.`,
  pictureUnwritable: (path: string, detail: string) =>
    `${path} cannot be written (${detail}). Give another file.`,
};
