import type { Readable, Writable } from 'node:stream';

/** Where somebody may be asked. */
export interface Terminal {
  readonly input: Readable & { readonly isTTY?: boolean; setRawMode?: (on: boolean) => unknown };
  readonly output: Writable;
}

/** The terminal of this process; without one, what its standard streams are instead. */
export const ownTerminal: Terminal = {
  // Opened by whoever asks first, and not before.
  get input() {
    return process.stdin;
  },
  get output() {
    return process.stderr;
  },
};

/** What tells that nothing more comes of an input. */
export const ENDS = ['end', 'close', 'error'] as const;

/** Whether an input was read to its end, after which nobody can answer: at a terminal by Ctrl+D. */
export function hasEnded({ input }: Pick<Terminal, 'input'>): boolean {
  return input.readableEnded || input.destroyed;
}

/** Whether there is somebody at a terminal to answer. */
export function canAnswer(terminal: Pick<Terminal, 'input'>): boolean {
  return terminal.input.isTTY === true && !hasEnded(terminal);
}
