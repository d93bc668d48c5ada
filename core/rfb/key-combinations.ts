import type { KeyEvent } from './client-messages.ts';

type Key = Pick<KeyEvent, 'keysym'> & { readonly scancode: number };

const CONTROL: Key = { keysym: 0xffe3, scancode: 0x1d };
const ALT: Key = { keysym: 0xffe9, scancode: 0x38 };
const SYSRQ: Key = { keysym: 0xff15, scancode: 0x54 };
const FUNCTION_SCANCODES = [
  ...[0x3b, 0x3c, 0x3d, 0x3e, 0x3f, 0x40, 0x41, 0x42, 0x43, 0x44, 0x57, 0x58],
];

const functionKeys = Object.fromEntries(
  FUNCTION_SCANCODES.map((scancode, index) => [
    `Ctrl+Alt+F${index + 1}`,
    [CONTROL, ALT, { keysym: 0xffbe + index, scancode }],
  ]),
);

/** What Linux does at Alt+SysRq and a letter (admin-guide/sysrq), and where the letters are. */
const SYSRQ_LETTERS = { H: 0x23, R: 0x13, E: 0x12, I: 0x17, S: 0x1f, U: 0x16, B: 0x30, O: 0x18 };

const sysRqKeys = Object.fromEntries(
  Object.entries(SYSRQ_LETTERS).map(([letter, scancode]) => [
    `Alt+SysRq+${letter}`,
    [ALT, SYSRQ, { keysym: letter.toLowerCase().charCodeAt(0), scancode }],
  ]),
);

/** Keys that can be held down in a guest while others are pressed here. */
export const HELD_KEYS = {
  Ctrl: CONTROL,
  Alt: ALT,
  Shift: { keysym: 0xffe1, scancode: 0x2a },
  AltGr: { keysym: 0xfe03, scancode: 0xb8 },
  Windows: { keysym: 0xffeb, scancode: 0xdb },
} as const satisfies Readonly<Record<string, Key>>;

export type HeldKey = keyof typeof HELD_KEYS;

/**
 * Keys that the user's own system would keep for itself, by their X11 keysyms (keysymdef.h) and XT
 * scancodes of set 1, with bit 7 for those that have 0xe0 before them.
 */
export const KEY_COMBINATIONS: Readonly<Record<string, readonly Key[]>> = {
  'Ctrl+Alt+Del': [CONTROL, ALT, { keysym: 0xffff, scancode: 0xd3 }],
  ...functionKeys,
  'Ctrl+Alt+Backspace': [CONTROL, ALT, { keysym: 0xff08, scancode: 0x0e }],
  Windows: [{ keysym: 0xffeb, scancode: 0xdb }],
  'Alt+Tab': [ALT, { keysym: 0xff09, scancode: 0x0f }],
  'Alt+F4': [ALT, { keysym: 0xffc1, scancode: 0x3e }],
  'Ctrl+Esc': [CONTROL, { keysym: 0xff1b, scancode: 0x01 }],
  PrintScreen: [{ keysym: 0xff61, scancode: 0xb7 }],
  'Alt+SysRq': [ALT, SYSRQ],
  ...sysRqKeys,
};

/** The combinations by name, in the order in which menus show them. */
export const COMBINATION_NAMES: readonly string[] = Object.keys(KEY_COMBINATIONS);

/** All keys of a combination pressed in turn and released the other way round; none if unknown. */
export function strokesOf(combination: string): readonly KeyEvent[] {
  const keys = KEY_COMBINATIONS[combination] ?? [];
  const down = keys.map((key) => ({ ...key, isDown: true }));
  return [...down, ...down.toReversed().map((key) => ({ ...key, isDown: false }))];
}

/** The XT scancodes of a combination, in the order in which they go down; none if unknown. */
export function scancodesOf(combination: string): readonly number[] {
  return (KEY_COMBINATIONS[combination] ?? []).map(({ scancode }) => scancode);
}
