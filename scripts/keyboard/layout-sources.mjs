/**
 * The layouts that we type for, by our id: what xkb calls each of them. The ids stay for good, since
 * a virtual machine's layout is remembered under them. `latin` names the group that holds the Latin
 * letters in a guest whose own group has none. `keymapOnly` is one that we type for nobody, but whose
 * names of keys a server may want: QEMU's keymap "bepo" was made from
 * French Dvorak, and "en-us" and "ja" name levels that no key of theirs reaches.
 * @typedef {{ id: string, layout: string, variant?: string, latin?: string, keymapOnly?: boolean }} LayoutSource
 * @type {readonly LayoutSource[]}
 */
export const layoutSources = [
  { id: 'us', layout: 'us' },
  { id: 'us-intl', layout: 'us', variant: 'intl' },
  { id: 'us-dvorak', layout: 'us', variant: 'dvorak' },
  { id: 'gb', layout: 'gb' },
  { id: 'fr', layout: 'fr' },
  { id: 'fr-nodead', layout: 'fr', variant: 'nodeadkeys' },
  { id: 'fr-dvorak', layout: 'fr', variant: 'dvorak', keymapOnly: true },
  { id: 'fr-bepo', layout: 'fr', variant: 'bepo' },
  { id: 'be', layout: 'be' },
  { id: 'ch-fr', layout: 'ch', variant: 'fr' },
  { id: 'ch-de', layout: 'ch' },
  { id: 'ca', layout: 'ca' },
  { id: 'de', layout: 'de' },
  { id: 'de-nodead', layout: 'de', variant: 'nodeadkeys' },
  { id: 'at', layout: 'at' },
  { id: 'es', layout: 'es' },
  { id: 'latam', layout: 'latam' },
  { id: 'no', layout: 'no' },
  { id: 'se', layout: 'se' },
  { id: 'dk', layout: 'dk' },
  { id: 'fi', layout: 'fi' },
  { id: 'hu', layout: 'hu' },
  { id: 'it', layout: 'it' },
  { id: 'pt', layout: 'pt' },
  { id: 'br', layout: 'br' },
  { id: 'pl', layout: 'pl' },
  { id: 'cz', layout: 'cz' },
  { id: 'sk', layout: 'sk' },
  { id: 'ro', layout: 'ro' },
  { id: 'hr', layout: 'hr' },
  { id: 'si', layout: 'si' },
  { id: 'tr', layout: 'tr' },
  { id: 'ru', layout: 'ru', latin: 'us' },
  { id: 'ua', layout: 'ua', latin: 'us' },
  { id: 'gr', layout: 'gr', latin: 'us' },
  { id: 'il', layout: 'il', latin: 'us' },
  { id: 'jp', layout: 'jp' },
  { id: 'nl', layout: 'nl' },
  { id: 'ee', layout: 'ee' },
  { id: 'lt', layout: 'lt' },
  { id: 'lv', layout: 'lv' },
  { id: 'is', layout: 'is' },
  { id: 'us-keymap', layout: 'us', keymapOnly: true },
  { id: 'jp-keymap', layout: 'jp', keymapOnly: true },
];

/**
 * The keys that write, in rows as on the board, as XT scancodes: those of every keyboard, the one
 * beside the left Shift (56), and those of Brazilian and Japanese boards (73, 7d). The space bar is
 * the last. The keypad is left out: what its keys write depends on NumLock.
 */
export const writingKeys = [
  [0x29, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c, 0x0d, 0x7d],
  [0x10, 0x11, 0x12, 0x13, 0x14, 0x15, 0x16, 0x17, 0x18, 0x19, 0x1a, 0x1b],
  [0x1e, 0x1f, 0x20, 0x21, 0x22, 0x23, 0x24, 0x25, 0x26, 0x27, 0x28, 0x2b],
  [0x56, 0x2c, 0x2d, 0x2e, 0x2f, 0x30, 0x31, 0x32, 0x33, 0x34, 0x35, 0x73],
  [0x39],
].flat();

/** What Linux numbers otherwise than the XT keyboard did (its input-event-codes.h). */
export const linuxCodes = new Map([
  [0x73, 89],
  [0x7d, 124],
]);
