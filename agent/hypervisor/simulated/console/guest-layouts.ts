/** Keys that are no characters, as XT scancodes; those with the prefix E0 have bit 7 set. */
export const SCANCODE = {
  tab: 0x0f,
  enter: 0x1c,
  leftControl: 0x1d,
  leftShift: 0x2a,
  rightShift: 0x36,
  leftAlt: 0x38,
  space: 0x39,
  capsLock: 0x3a,
  rightControl: 0x9d,
  altGr: 0xb8,
} as const;

/** The keys of a row from a scancode on: what they give alone, and with Shift. */
interface Row {
  readonly from: number;
  readonly plain: string;
  readonly shifted: string;
}

const LAYOUTS = {
  us: [
    { from: 0x02, plain: '1234567890-=', shifted: '!@#$%^&*()_+' },
    { from: 0x10, plain: 'qwertyuiop[]', shifted: 'QWERTYUIOP{}' },
    { from: 0x1e, plain: "asdfghjkl;'`", shifted: 'ASDFGHJKL:"~' },
    { from: 0x2b, plain: '\\zxcvbnm,./', shifted: '|ZXCVBNM<>?' },
    { from: SCANCODE.space, plain: ' ', shifted: ' ' },
  ],
} as const satisfies Readonly<Record<string, readonly Row[]>>;

export type LayoutId = keyof typeof LAYOUTS;

export function isLayoutId(id: string): id is LayoutId {
  return Object.hasOwn(LAYOUTS, id);
}

/** The character that a key gives. */
export function cellAt(layout: LayoutId, scancode: number, isShifted: boolean): string | undefined {
  const row = LAYOUTS[layout].find(
    ({ from, plain }) => scancode >= from && scancode < from + plain.length,
  );
  return row && (isShifted ? row.shifted : row.plain)[scancode - row.from];
}

/** The key on which a character stands, alone or with Shift. */
export function scancodeOf(layout: LayoutId, character: string): number | undefined {
  for (const { from, plain, shifted } of LAYOUTS[layout]) {
    const index = Math.max(plain.indexOf(character), shifted.indexOf(character));
    if (index >= 0) return from + index;
  }
  return undefined;
}
