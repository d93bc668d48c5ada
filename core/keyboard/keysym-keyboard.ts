import {
  ALT_GR,
  SCANCODE,
  SHIFT,
  type KeyEvent,
  type KeysymEvent,
  type Modifiers,
} from './key-event.ts';
import { FUNCTION_KEYSYMS, keysymOf } from './keysyms.ts';
import { WRITING_KEYS } from './layout-tables.ts';
import { layoutOf, type KeymapId, type Layout, type Stroke } from './layout.ts';

const MODIFIERS: readonly Modifiers[] = [0, 1, 2, 3];

/**
 * QEMU with a keymap of its own (`-k`, `graphics/@keymap`): it reads keysyms, looks up the key that
 * has that name in the keymap, and presses no modifier. So we press the modifiers, and name each key
 * as the keymap does; what the guest makes of the keys is another matter.
 */
export class KeysymKeyboard {
  readonly #keymap: Layout;
  /** The keys that have a name, and with what held, in the order of QEMU's keymaps. */
  readonly #keys = new Map<number, Stroke[]>();
  readonly #down = new Set<number>();

  constructor(keymap: KeymapId) {
    this.#keymap = layoutOf(keymap);
    for (const scancode of WRITING_KEYS.toSorted((a, b) => a - b)) {
      for (const modifiers of MODIFIERS) this.#learn({ scancode, modifiers });
    }
  }

  /** Whether there are names with which QEMU presses and releases that key. */
  canPress(stroke: Stroke): boolean {
    return this.#nameToPress(stroke) !== undefined && this.#nameToRelease(stroke) !== undefined;
  }

  /** The same event in keysyms; undefined where the keymap has no name for the key. */
  translate({ scancode, down }: KeyEvent): KeysymEvent | undefined {
    const stroke = { scancode, modifiers: this.#modifiers() };
    const keysym = down ? this.#nameToPress(stroke) : this.#nameToRelease(stroke);
    if (keysym === undefined) return undefined;
    if (down) this.#down.add(scancode);
    else this.#down.delete(scancode);
    return { keysym, down };
  }

  #nameToPress(stroke: Stroke): number | undefined {
    return this.#namesOf(stroke).find((name) => {
      return this.#found(name, stroke.modifiers) === stroke.scancode;
    });
  }

  /** It may be another name than the one to press: for releases QEMU takes no modifier to be held. */
  #nameToRelease(stroke: Stroke): number | undefined {
    return this.#namesOf(stroke).find((name) => this.#found(name, 0) === stroke.scancode);
  }

  /**
   * The key's names by its levels, the plain one first. What AltGr gives differs between versions of a
   * keymap: of that, only what is in Latin-1 and on one key can be relied on.
   */
  #namesOf({ scancode, modifiers }: Stroke): readonly number[] {
    const known = FUNCTION_KEYSYMS.get(scancode);
    if (known !== undefined) return [known];
    return MODIFIERS.map((one) => this.#keymap.cellAt({ scancode, modifiers: one }))
      .filter((cell) => cell !== undefined)
      .map((cell) => inCase(keysymOf(cell), modifiers))
      .filter((name, level) => level <= SHIFT || (name <= 0xff && this.#isOfOneKey(name)));
  }

  #isOfOneKey(name: number): boolean {
    const [first, ...others] = this.#keys.get(lookedUp(name)) ?? [];
    return others.every(({ scancode }) => scancode === first?.scancode);
  }

  /** Of several keys with one name QEMU takes the one with these modifiers, else the first. */
  #found(name: number, modifiers: Modifiers): number | undefined {
    const keys = this.#keys.get(lookedUp(name));
    if (keys === undefined) return [...FUNCTION_KEYSYMS].find(([, one]) => one === name)?.[0];
    return (keys.find((one) => one.modifiers === modifiers) ?? keys[0])?.scancode;
  }

  #learn(stroke: Stroke): void {
    const cell = this.#keymap.cellAt(stroke);
    if (cell === undefined) return;
    const name = lookedUp(keysymOf(cell));
    this.#keys.set(name, [...(this.#keys.get(name) ?? []), stroke]);
  }

  #modifiers(): Modifiers {
    const isShifted = this.#down.has(SCANCODE.leftShift) || this.#down.has(SCANCODE.rightShift);
    const isAltGr = this.#down.has(SCANCODE.altGr);
    return MODIFIERS[(isShifted ? SHIFT : 0) + (isAltGr ? ALT_GR : 0)] ?? 0;
  }
}

/** What is left of a keysym when QEMU looks it up: no capitals of ASCII, and no more than 16 bits. */
function lookedUp(keysym: number): number {
  return (isCapital(keysym) ? keysym + 0x20 : keysym) & 0xffff;
}

/** A letter whose case is not that of Shift makes QEMU toggle the guest's CapsLock. */
function inCase(keysym: number, modifiers: Modifiers): number {
  const isShifted = (modifiers & SHIFT) !== 0;
  if (isShifted) return isCapital(keysym - 0x20) ? keysym - 0x20 : keysym;
  return isCapital(keysym) ? keysym + 0x20 : keysym;
}

function isCapital(keysym: number): boolean {
  return keysym >= 0x41 && keysym <= 0x5a;
}
