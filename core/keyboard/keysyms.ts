import { OLD_KEYSYM_CHARACTERS, OLD_KEYSYMS } from './layout-tables.ts';
import { isDeadKey } from './layout.ts';

const UNICODE = 0x0100_0000;
const DEAD = 0xfe00;

const old: ReadonlyMap<string, number> = new Map(
  Array.from(OLD_KEYSYM_CHARACTERS, (character, index) => [character, OLD_KEYSYMS[index] ?? 0]),
);

/** The keysym of a character or dead key, as X11's keyboards name it: the oldest that it has. */
export function keysymOf(cell: string): number {
  const codePoint = cell.codePointAt(0) ?? 0;
  if (isDeadKey(cell)) return DEAD + (codePoint & 0xff);
  return codePoint < 0x100 ? codePoint : (old.get(cell) ?? UNICODE + codePoint);
}

function run(first: number, scancodes: readonly number[]): readonly (readonly [number, number])[] {
  return scancodes.map((scancode, index) => [scancode, first + index]);
}

/** The keysyms of keys that write nothing, or the same in all layouts, by scancode. */
export const FUNCTION_KEYSYMS: ReadonlyMap<number, number> = new Map([
  ...run(0xff08, [0x0e, 0x0f]),
  [0x1c, 0xff0d],
  ...run(0xff13, [0xc6, 0x46]),
  [0x54, 0xff61],
  [0x01, 0xff1b],
  // Home, Left, Up, Right, Down, Page Up, Page Down, End
  ...run(0xff50, [0xc7, 0xcb, 0xc8, 0xcd, 0xd0, 0xc9, 0xd1, 0xcf]),
  [0xd2, 0xff63],
  [0xdd, 0xff67],
  [0x45, 0xff7f],
  [0x9c, 0xff8d],
  // The keypad: * and +, - . / and the digits
  ...run(0xffaa, [0x37, 0x4e]),
  ...run(0xffad, [0x4a, 0x53, 0xb5]),
  ...run(0xffb0, [0x52, 0x4f, 0x50, 0x51, 0x4b, 0x4c, 0x4d, 0x47, 0x48, 0x49]),
  [0x59, 0xffbd],
  ...run(0xffbe, [0x3b, 0x3c, 0x3d, 0x3e, 0x3f, 0x40, 0x41, 0x42, 0x43, 0x44, 0x57, 0x58]),
  // Both Shift, both Control, CapsLock
  ...run(0xffe1, [0x2a, 0x36, 0x1d, 0x9d, 0x3a]),
  [0x38, 0xffe9],
  ...run(0xffeb, [0xdb, 0xdc]),
  [0xd3, 0xffff],
  // AltGr, as ISO_Level3_Shift: X servers and QEMU's keymaps all know it.
  [0xb8, 0xfe03],
]);
