import type { KeyboardWay } from '../../contract/typing.ts';
import type { ConsoleRoute } from '../../contract/consoles.ts';
import type { ConsoleWay } from '../../domain/console-way.ts';

const WAYS: Readonly<Record<ConsoleRoute['kind'], string>> = {
  websocket: 'by the proxy of the agent',
  tcp: 'directly',
  tunnel: 'through SSH to the host',
};

function wayOf({ kind, isEncrypted }: ConsoleRoute): string {
  return `${WAYS[kind]}, ${isEncrypted ? 'encrypted' : 'not encrypted'}`;
}

const KEYBOARD = { physical: 'keys', text: 'characters' } as const;

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** The words of the Console panel. */
export const console = {
  screenOf: (machine: string) =>
    `Screen of ${machine}. Control, Alt and Shift together free the keyboard.`,
  focused: 'The keyboard goes to the machine. Ctrl+Alt+Shift frees it.',
  tools: 'Console',
  keys: 'Keys',
  held: 'Held until the keyboard leaves',
  together: 'Pressed together',
  keyboard: 'How the keyboard goes to the guest',
  guestLayout: 'Keyboard layout of the guest',
  keyboardWay: (way: KeyboardWay, suitable: 'physical' | 'text') =>
    way === 'auto' ? `By itself: ${KEYBOARD[suitable]}` : capital(KEYBOARD[way]),
  way: 'Way to the screen',
  ways: {
    auto: 'Safest way',
    direct: 'Directly',
    proxy: 'By the proxy',
    ssh: 'Through SSH',
  } satisfies Readonly<Record<ConsoleWay, string>>,
  connecting: (machine: string) => `Connecting to the screen of ${machine}`,
  again: (seconds: number) =>
    seconds === 0 ? 'Trying again now.' : `Trying again in ${seconds} s.`,
  route: (route: ConsoleRoute) => `Connected ${wayOf(route)}`,
  address: (route: ConsoleRoute) => `${route.address}, security ${route.security}`,
  size: (width: number, height: number) => `${width} × ${height}`,
  rate: (perSecond: string) => `${perSecond}/s`,
  reaction: (milliseconds: number) => `reacts in ${milliseconds} ms`,
  keymap: (keymap: string) =>
    `Its definition has the keymap “${keymap}”: keys are sent by their characters. Remove the keymap for keys that are right with any keyboard.`,
  moment: 'Moment of the last minutes',
  pastOf: (time: string) => `The screen as it was: ${time}`,
  noPast: 'Nothing was shown yet. What the screen shows is kept for 10 minutes, in memory only.',
  viewOnly: 'View only',
  password: 'Password of the screen',
  passwordHint: 'It is kept in the keychain of this computer, and sent to nobody but the screen.',
  enter: 'Connect',
  fingerprint: (fingerprint: string) => `SHA-256 ${fingerprint}`,
  trust: 'Trust this certificate',
};
