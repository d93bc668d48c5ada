import { COMPOSE_TABLE } from '../../../../core/keyboard/compose-table.ts';
import { ALT_GR, SCANCODE, SHIFT, type Modifiers } from '../../../../core/keyboard/key-event.ts';
import { guestLayoutOf } from '../../../../core/keyboard/keymaps.ts';
import {
  isDeadKey,
  isLayoutId,
  layoutOf,
  type LayoutId,
} from '../../../../core/keyboard/layout.ts';

/** A key as a viewer presses or releases it. */
export interface PressedKey {
  readonly isDown: boolean;
  /** X11 keysym; 0 where only the scancode is known. */
  readonly keysym: number;
  readonly scancode?: number;
}

/** What typing comes to. */
export interface GuestInput {
  readonly type: (text: string) => void;
  /** Ctrl+Alt+Delete. */
  readonly salute: () => void;
}

const DELETE = 0xd3;

/** Keysyms that are no characters, and their keys. */
const SCANCODE_OF_KEYSYM: Readonly<Record<number, number>> = {
  0xff08: 0x0e,
  0xff09: SCANCODE.tab,
  0xff0d: SCANCODE.enter,
  0xff8d: 0x9c,
  0xff1b: 0x01,
  0xffff: DELETE,
  0xffe1: SCANCODE.leftShift,
  0xffe2: SCANCODE.rightShift,
  0xffe3: SCANCODE.leftControl,
  0xffe4: SCANCODE.rightControl,
  0xffe5: SCANCODE.capsLock,
  0xffe9: SCANCODE.leftAlt,
  0xffea: SCANCODE.altGr,
  0xfe03: SCANCODE.altGr,
};

/** Keys that give the same in every layout. */
const TEXT_OF_SCANCODE: Readonly<Record<number, string>> = {
  0x0e: '\x7f',
  [SCANCODE.tab]: '\t',
  [SCANCODE.enter]: '\r',
  0x9c: '\r',
};

/** The layout that a keymap of a graphics device, or a person, names; undefined for an unknown one. */
export function layoutNamed(name: string | undefined): LayoutId | undefined {
  if (name === undefined) return undefined;
  return isLayoutId(name) ? name : guestLayoutOf(name);
}

export interface KeyboardOptions {
  /** The layout by which the hypervisor makes keys of keysyms; then it passes over scancodes, as QEMU does. */
  readonly keymap: LayoutId | undefined;
  /** The layout that the guest itself has. */
  readonly layout: LayoutId;
}

/** The keyboard of a guest, from a viewer's keys to the characters that its console gets. */
export class GuestKeyboard {
  readonly #options: KeyboardOptions;
  readonly #input: GuestInput;
  readonly #held = new Set<number>();
  #isCapsLocked = false;
  /** Dead keys that wait for what they stand on. */
  #dead = '';

  constructor(options: KeyboardOptions, input: GuestInput) {
    this.#options = options;
    this.#input = input;
  }

  press(key: PressedKey): void {
    const scancode = this.#scancodeOf(key);
    if (scancode === undefined) return;
    this.pressScancode(scancode, key.isDown);
  }

  pressScancode(scancode: number, isDown: boolean): void {
    if (!isDown) {
      this.#held.delete(scancode);
      return;
    }
    this.#held.add(scancode);
    if (scancode === SCANCODE.capsLock) this.#isCapsLocked = !this.#isCapsLocked;
    if (scancode === DELETE && this.#controls && this.#held.has(SCANCODE.leftAlt)) {
      this.#input.salute();
      return;
    }
    const text = this.#textOf(scancode);
    if (text !== undefined) this.#input.type(text);
  }

  /** The viewer is gone, and no finger of it is on a key any more. */
  releaseAll(): void {
    this.#held.clear();
  }

  get #controls(): boolean {
    return this.#held.has(SCANCODE.leftControl) || this.#held.has(SCANCODE.rightControl);
  }

  #scancodeOf({ keysym, scancode }: PressedKey): number | undefined {
    const { keymap } = this.#options;
    if (scancode !== undefined && scancode !== 0 && keymap === undefined) return scancode;
    const known = SCANCODE_OF_KEYSYM[keysym];
    if (known !== undefined) return known;
    const character = characterOf(keysym);
    if (character === undefined) return undefined;
    // Modifiers are the viewer's business: as QEMU does, only the key itself is looked up.
    const [stroke, more] = layoutOf(keymap ?? 'us').strokesFor(character) ?? [];
    // A letter of dead keys is on no key of its own.
    return more === undefined ? stroke?.scancode : undefined;
  }

  #textOf(scancode: number): string | undefined {
    const fixed = TEXT_OF_SCANCODE[scancode];
    if (fixed !== undefined) return fixed;
    const modifiers = this.#modifiers;
    const cell = layoutOf(this.#options.layout).cellAt({ scancode, modifiers });
    if (cell === undefined) return undefined;
    if (this.#controls && /^[a-z]$/iu.test(cell)) {
      return String.fromCharCode(cell.toUpperCase().charCodeAt(0) - 64);
    }
    return this.#composed(this.#isCapsLocked ? otherCase(cell) : cell);
  }

  /** What a key gives after the dead keys before it; nothing while more is to come. */
  #composed(cell: string): string | undefined {
    if (this.#dead === '' && !isDeadKey(cell)) return cell;
    const made = COMPOSITIONS.get(`${this.#dead}${cell}`);
    this.#dead = made === undefined && isDeadKey(cell) ? `${this.#dead}${cell}` : '';
    return made;
  }

  get #modifiers(): Modifiers {
    if (this.#held.has(SCANCODE.altGr)) return this.#isShifted ? 3 : ALT_GR;
    return this.#isShifted ? SHIFT : 0;
  }

  get #isShifted(): boolean {
    return this.#held.has(SCANCODE.leftShift) || this.#held.has(SCANCODE.rightShift);
  }
}

/** What dead keys and the key after them give together. */
const COMPOSITIONS: ReadonlyMap<string, string> = new Map(
  COMPOSE_TABLE.flatMap(([dead, pairs]) => {
    const cells = Array.from(pairs);
    return cells.flatMap((cell, index): [string, string][] =>
      index % 2 === 0 ? [[`${dead}${cell}`, cells[index + 1] ?? '']] : [],
    );
  }),
);

function otherCase(cell: string): string {
  return cell === cell.toLowerCase() ? cell.toUpperCase() : cell.toLowerCase();
}

/** The character of a keysym: Latin-1 as it is, the rest above 0x01000000. */
function characterOf(keysym: number): string | undefined {
  if (keysym >= 0x20 && keysym <= 0xff) return String.fromCharCode(keysym);
  const code = keysym - 0x0100_0000;
  return code > 0xff && code <= 0x10_ffff ? String.fromCodePoint(code) : undefined;
}
