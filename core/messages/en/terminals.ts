import { amounts } from './amounts.ts';
import type { TerminalRoute } from '../../contract/terminals.ts';

/** What a kind of terminal says of itself. */
export interface TerminalWords {
  readonly open: (name: string) => string;
  readonly idle: (name: string) => string;
  readonly idleWhy: string;
  readonly exited: (code: number | undefined) => string;
  readonly exitedWhy: string;
  readonly settings: string;
  /** Ends the session of somebody else; only where one at a time can use it. */
  readonly takeOver?: string;
}

/** Words of all terminals: shells, and text consoles of machines. */
export const terminals = {
  tools: 'Terminal',
  search: 'Find',
  next: 'Next place',
  previous: 'Previous place',
  closeSearch: 'Close the search',
  notFound: 'Not found',
  copy: 'Copy what is marked',
  reconnect: 'Connect again',
  screenOf: (name: string) => `Terminal of ${name}`,
  focused: 'The keyboard goes to the terminal. Ctrl+Alt+Shift frees it.',
  tooLong: (size: string, most: string) => ({
    title: `Nothing was pasted: ${size} are more than a terminal takes at once.`,
    hint: `Paste ${most} at most, or bring it there as a file.`,
  }),
  paste: {
    what: (lines: number) =>
      lines === 1
        ? 'This line would run at once.'
        : `These ${amounts.count(lines)} lines would run at once.`,
    why: 'What runs here cannot tell pasted text from typed text: each end of a line is an Enter.',
    text: 'What would be pasted',
    leftOut: (characters: number) =>
      `… ${characters === 1 ? '1 character' : `${amounts.count(characters)} characters`} left out here, and pasted all the same …`,
    marked: 'Characters that nobody sees stand here as their code, such as [U+200B].',
    leave: 'Do not paste',
    go: 'Paste',
  },
  again: (seconds: number) => `Tried again in ${seconds} s.`,
  route: ({ kind, address, user }: TerminalRoute) => {
    if (kind === 'ssh')
      return user === undefined ? `SSH, ${address}` : `SSH, ${user} at ${address}`;
    return kind === 'tunnel' ? `Through SSH, ${address}` : `By the proxy of the agent, ${address}`;
  },
};

/** The text console of a machine. */
export const serialPanel: TerminalWords & { readonly takeOver: string } = {
  open: (name) => `Open the text console of ${name}`,
  idle: (name) => `The text console of ${name} is not open.`,
  idleWhy: 'It is the serial port of the machine. One at a time can use it.',
  exited: () => 'The text console ended.',
  exitedWhy: 'What it showed stays until the next one.',
  settings: 'SSH…',
  takeOver: 'Take it over',
};

/** A shell on the host of a hypervisor. */
export const shellPanel: TerminalWords & {
  readonly choose: string;
  readonly chooseWhy: string;
  readonly host: string;
  readonly noHost: string;
  readonly noHostWhy: string;
} = {
  open: (name) => `Open a shell on ${name}`,
  idle: (name) => `No shell on ${name} is open.`,
  idleWhy: 'It is reached by SSH, also while its agent is offline.',
  exited: (code) =>
    code === undefined || code === 0 ? 'The shell ended.' : `The shell ended with code ${code}.`,
  exitedWhy: 'What it showed stays until the next one.',
  settings: 'SSH…',
  choose: 'Open a shell on a host.',
  chooseWhy: 'Each hypervisor’s host is reached by SSH.',
  host: 'Hypervisor',
  noHost: 'No hypervisor is in the roster.',
  noHostWhy: 'Add one, or connect an account that has some.',
};
