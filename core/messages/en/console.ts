import type { KeyboardWay } from '../../contract/typing.ts';
import type { ConsoleRoute } from '../../contract/consoles.ts';
import type { ScreenQuality } from '../../domain/console-settings.ts';
import type { ConsoleWay } from '../../domain/console-way.ts';

const WAYS: Readonly<Record<ConsoleRoute['kind'], string>> = {
  websocket: 'by the proxy of the agent',
  tcp: 'directly',
  tunnel: 'through SSH to the host',
};

function wayOf({ kind, isEncrypted }: ConsoleRoute): string {
  return `${WAYS[kind]}, ${isEncrypted ? 'encrypted' : 'not encrypted'}`;
}

const QUALITIES: Readonly<Record<ScreenQuality, string>> = {
  auto: 'By itself',
  sharp: 'Sharp',
  balanced: 'Balanced',
  'slow-line': 'For a slow line',
};

const DRAWN: Readonly<Record<Exclude<ScreenQuality, 'auto'>, string>> = {
  sharp: 'sharp',
  balanced: 'balanced',
  'slow-line': 'spares the line',
};

/** What became of a clipboard last; `count` is in UTF-16 units. */
export interface ClipboardNote {
  readonly what: 'given' | 'taken' | 'offered' | 'beyond-latin-1' | 'too-long' | 'too-long-there';
  readonly count: number;
}

const CLIPBOARD: Readonly<Record<ClipboardNote['what'], (characters: string) => string>> = {
  given: (characters) => `Given to the guest: ${characters}`,
  taken: (characters) => `Taken from the guest: ${characters}`,
  offered: (characters) => `Copied in the guest: ${characters}`,
  'beyond-latin-1': () => 'Not given: this screen takes Latin-1 alone',
  'too-long': (characters) => `Not given, too long: ${characters}`,
  'too-long-there': (characters) => `Not taken, too long: ${characters}`,
};

/** What guests do; of SysRq what Linux does, after its admin-guide/sysrq. */
const EFFECTS: Readonly<Record<string, string>> = {
  Windows: 'start menu',
  'Alt+SysRq+H': 'help',
  'Alt+SysRq+R': 'take the keyboard back',
  'Alt+SysRq+E': 'end all processes',
  'Alt+SysRq+I': 'kill all processes',
  'Alt+SysRq+S': 'sync disks',
  'Alt+SysRq+U': 'remount read-only',
  'Alt+SysRq+B': 'reboot at once',
  'Alt+SysRq+O': 'power off at once',
};

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
  screen: 'Screen',
  quality: 'Sharpness',
  qualities: QUALITIES,
  drawn: (drawn: keyof typeof DRAWN) => DRAWN[drawn],
  drawnWhy: (chosen: ScreenQuality) => `Sharpness: ${QUALITIES[chosen].toLowerCase()}`,
  fullScreenOn: (number: number, label: string, size: string) =>
    `Full screen on display ${number}: ${label === '' ? size : `${label}, ${size}`}`,
  leaveFullScreen: 'Ctrl+Alt+Shift, then Esc, leaves the full screen.',
  sizeRefused: 'The guest’s screen could not be made this large.',
  clipboardShared: 'Clipboard shared',
  clipboard: ({ what, count }: ClipboardNote, isShared: boolean) => {
    const said = CLIPBOARD[what](count === 1 ? '1 character' : `${count} characters`);
    return what === 'offered' && !isShared ? `${said}, not shared` : said;
  },
  isOff: (machine: string, state: string) =>
    state === 'crashed' ? `${machine} has crashed.` : `${machine} is ${state}.`,
  isOffWhy: 'It has a screen once it is started.',
  held: 'Held until the keyboard leaves',
  together: (isThrough: boolean) =>
    isThrough ? 'Pressed together, by the hypervisor' : 'Pressed together',
  combination: (keys: string) => {
    const effect = EFFECTS[keys];
    return effect === undefined ? keys : `${keys}: ${effect}`;
  },
  throughHypervisor: 'Through the hypervisor',
  noScreenToHold: 'No screen is open that could take it.',
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
  keymapGone: (keymap: string) =>
    `The keymap “${keymap}” is out of the definition. Keys are right from the next start of the guest on.`,
  putKeymapBack: 'Put it back',
  hideKeymap: 'Say no more of this keymap',
  moment: 'Moment of the last minutes',
  pastOf: (time: string) => `The screen as it was: ${time}`,
  past: (clock: string) => `The past: ${clock}`,
  pastAt: (time: string, ago: string) => `${time}, ${ago}`,
  live: 'Back to now',
  noPast: (isOnDisk: boolean) =>
    isOnDisk
      ? 'Nothing was shown yet. What the screen shows is kept for 10 minutes; what memory has no room for is encrypted on this disk until the window closes.'
      : 'Nothing was shown yet. What the screen shows is kept for 10 minutes, in memory only.',
  viewOnly: 'View only',
  username: 'User name at the screen',
  password: 'Password of the screen',
  passwordHint: 'It is kept in the keychain of this computer, and sent to nobody but the screen.',
  enter: 'Connect',
  fingerprint: (fingerprint: string) => `SHA-256 ${fingerprint}`,
  trust: 'Trust this certificate',
};
