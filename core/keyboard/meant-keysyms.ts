import {
  ALT_GR,
  SCANCODE,
  SHIFT,
  type KeyEvent,
  type KeysymEvent,
  type Modifiers,
} from './key-event.ts';
import { FUNCTION_KEYSYMS, keysymOf } from './keysyms.ts';
import { layoutOf, type Layout, type LayoutId } from './layout.ts';

const BY_HELD: readonly Modifiers[] = [0, 1, 2, 3];

/**
 * Key events for a server that is not QEMU and takes no scancodes: it is told what each key means in
 * the guest's layout with what is held, as by a viewer with that keyboard (RFC 6143, 7.5.4).
 */
export class MeantKeysyms {
  readonly #layout: Layout;
  /** What was said of each key that is down: its release must say the same. */
  readonly #down = new Map<number, number>();

  constructor(layout: LayoutId) {
    this.#layout = layoutOf(layout);
  }

  /** The same event in keysyms; undefined for a key that means nothing. */
  translate({ scancode, down }: KeyEvent): KeysymEvent | undefined {
    const keysym = down ? this.#meaning(scancode) : this.#down.get(scancode);
    if (keysym === undefined) return undefined;
    if (down) this.#down.set(scancode, keysym);
    else this.#down.delete(scancode);
    return { keysym, down };
  }

  #meaning(scancode: number): number | undefined {
    const cell = this.#layout.cellAt({ scancode, modifiers: this.#modifiers() });
    return cell === undefined ? FUNCTION_KEYSYMS.get(scancode) : keysymOf(cell);
  }

  #modifiers(): Modifiers {
    const isShifted = this.#down.has(SCANCODE.leftShift) || this.#down.has(SCANCODE.rightShift);
    const isAltGr = this.#down.has(SCANCODE.altGr);
    return BY_HELD[(isShifted ? SHIFT : 0) + (isAltGr ? ALT_GR : 0)] ?? 0;
  }
}
