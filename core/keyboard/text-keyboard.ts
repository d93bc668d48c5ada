import { compileText, eventsOf, type CanPress } from './compile-text.ts';
import { SCANCODE, type KeyEvent } from './key-event.ts';
import { layoutOf, type LayoutId } from './layout.ts';
import type { PhysicalKeyboard, PhysicalKey } from './physical-keyboard.ts';

/** A key as it is pressed here, with what is held by the word of our own system. */
export interface LocalKey extends PhysicalKey {
  readonly hasControl: boolean;
  readonly hasAlt: boolean;
  readonly hasMeta: boolean;
  readonly isShifted: boolean;
  /** AltGr is held: then Control and Alt are no chord of their own. */
  readonly isAltGr: boolean;
  readonly isCapsLockOn: boolean;
}

const CHORD_KEYS = /^(?:Control|Alt|Meta|OS)(?:Left|Right)$/u;
/** They are part of the character, and pressed for the guest where its layout needs them. */
const SILENT_KEYS = new Set(['Shift', 'AltGraph', 'CapsLock', 'Dead']);

/**
 * The characters that are typed here, as keys of a guest with another layout. Control, Alt and Meta
 * are held in the guest as here; Shift and AltGr are pressed as the guest's layout needs them.
 */
export class TextKeyboard {
  readonly #layout: LayoutId;
  readonly #physical: PhysicalKeyboard;
  readonly #canPress: CanPress;

  constructor(layout: LayoutId, physical: PhysicalKeyboard, canPress: CanPress) {
    this.#layout = layout;
    this.#physical = physical;
    this.#canPress = canPress;
  }

  /** A key goes down, or repeats: whole presses, but for what is held. Nothing for what has no key. */
  press(key: LocalKey): readonly KeyEvent[] {
    // Windows presses a Control with AltGr that nobody pressed.
    if (key.key === 'AltGraph') return this.#physical.releaseAll();
    if (SILENT_KEYS.has(key.key)) return [];
    if (CHORD_KEYS.test(key.code)) return this.#physical.press(key);
    if (Array.from(key.key).length === 1) return this.#type(key);
    const tap = [...this.#physical.press(key), ...this.#physical.release(key)];
    return key.isShifted ? withShift(tap) : tap;
  }

  /** A key comes up: of use only for what is held. */
  release(key: PhysicalKey): readonly KeyEvent[] {
    return CHORD_KEYS.test(key.code) && key.key !== 'AltGraph' ? this.#physical.release(key) : [];
  }

  #type(key: LocalKey): readonly KeyEvent[] {
    const isChord = (key.hasControl || key.hasAlt || key.hasMeta) && !key.isAltGr;
    if (!isChord) return this.#compiled(key.key);
    const letter = key.key.toLowerCase();
    const [stroke] = layoutOf(this.#layout).strokesFor(letter) ?? [];
    if (stroke === undefined || !this.#canPress(stroke)) return [];
    const { scancode } = stroke;
    const tap = [true, false].map((down) => ({ scancode, down }));
    return key.isShifted ? withShift(tap) : tap;
  }

  #compiled(character: string): readonly KeyEvent[] {
    return eventsOf(compileText(character, { layout: this.#layout }, this.#canPress));
  }
}

function withShift(events: readonly KeyEvent[]): readonly KeyEvent[] {
  if (events.length === 0) return [];
  const scancode = SCANCODE.leftShift;
  return [{ scancode, down: true }, ...events, { scancode, down: false }];
}
