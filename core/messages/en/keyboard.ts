import { amounts } from './amounts.ts';
import type { GroupSwitch, UntypableCharacter } from '../../keyboard/compile-text.ts';
import type { LayoutId } from '../../keyboard/layout.ts';

const layouts: Readonly<Record<LayoutId, string>> = {
  us: 'English (US)',
  'us-intl': 'English (US, international)',
  'us-dvorak': 'English (Dvorak)',
  gb: 'English (UK)',
  fr: 'French',
  'fr-nodead': 'French (no dead keys)',
  'fr-bepo': 'French (Bépo)',
  be: 'Belgian',
  'ch-fr': 'Swiss (French)',
  'ch-de': 'Swiss (German)',
  ca: 'Canadian (French)',
  de: 'German',
  'de-nodead': 'German (no dead keys)',
  at: 'Austrian',
  es: 'Spanish',
  latam: 'Spanish (Latin American)',
  no: 'Norwegian',
  se: 'Swedish',
  dk: 'Danish',
  fi: 'Finnish',
  hu: 'Hungarian',
  it: 'Italian',
  pt: 'Portuguese',
  br: 'Portuguese (Brazil)',
  pl: 'Polish',
  cz: 'Czech',
  sk: 'Slovak',
  ro: 'Romanian',
  hr: 'Croatian',
  si: 'Slovenian',
  tr: 'Turkish',
  ru: 'Russian',
  ua: 'Ukrainian',
  gr: 'Greek',
  il: 'Hebrew',
  jp: 'Japanese',
  nl: 'Dutch',
  ee: 'Estonian',
  lt: 'Lithuanian',
  lv: 'Latvian',
  is: 'Icelandic',
};

const groupSwitches: Readonly<Record<GroupSwitch, string>> = {
  'alt-shift': 'Alt+Shift',
  'ctrl-shift': 'Ctrl+Shift',
  'alt-space': 'Alt+Space',
  'super-space': 'Super+Space',
  'caps-lock': 'Caps Lock',
};

/** Keyboards of guests. */
export const keyboard = {
  /** Names of layouts, as a list to choose from shows them. */
  layouts,
  /** Keys with which a guest changes between two layouts. */
  groupSwitches,
  compiled: (events: number, layout: string) =>
    `${events === 1 ? '1 key event' : `${amounts.count(events)} key events`} for the layout ${layout}.`,
  /** For a layout without Latin letters. */
  guestGroup: (layout: string) => `The guest must be switched to ${layout} when typing begins.`,
  untypable: ({ character, codePoint, line, column }: UntypableCharacter) => {
    const code = `U+${codePoint.toString(16).toUpperCase().padStart(4, '0')}`;
    const shown = /[\p{C}\p{M}\p{Z}]/u.test(character) ? code : `“${character}” (${code})`;
    return `Cannot be typed: ${shown} in line ${line}, column ${column}.`;
  },
  unknownLayout: (name: string) =>
    `There is no layout “${name}”. “archipel type --help” lists them.`,
  guessedFromKeymap: (layout: string, keymap: string) =>
    `Layout ${layout}, since the definition has the keymap “${keymap}”. Another one: --layout.`,
  guessedByDefault: (layout: string) =>
    `Layout ${layout}, since the definition does not tell one. Another one: --layout.`,
  giveLayout: 'To do without the definition, give --layout.',
};
