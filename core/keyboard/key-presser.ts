import { ALT_GR, SCANCODE, SHIFT, type KeyEvent, type Modifiers } from './key-event.ts';
import type { Stroke } from './layout.ts';

/** Turns strokes into key events, changing only the modifiers that differ from one to the next. */
export class KeyPresser {
  #held: Modifiers = 0;
  #events: KeyEvent[] = [];

  /** What was pressed since the last time. */
  take(): readonly KeyEvent[] {
    const events = this.#events;
    this.#events = [];
    return events;
  }

  tap({ scancode, modifiers }: Stroke): void {
    this.hold(modifiers);
    this.#push(scancode, true);
    this.#push(scancode, false);
  }

  /** Keys that mean something only together; nothing else is held meanwhile. */
  chord(scancodes: readonly number[]): void {
    this.hold(0);
    for (const scancode of scancodes) this.#push(scancode, true);
    for (const scancode of scancodes.toReversed()) this.#push(scancode, false);
  }

  hold(wanted: Modifiers): void {
    // With Shift down first, the AltGr key is another key in some layouts.
    const isAltGrNext = (wanted & ALT_GR) > (this.#held & ALT_GR);
    this.#change(SHIFT, SCANCODE.leftShift, isAltGrNext ? 0 : wanted & this.#held);
    this.#change(ALT_GR, SCANCODE.altGr, wanted);
    this.#change(SHIFT, SCANCODE.leftShift, wanted);
  }

  #change(modifier: typeof SHIFT | typeof ALT_GR, scancode: number, wanted: number): void {
    const isWanted = (wanted & modifier) !== 0;
    if (isWanted === ((this.#held & modifier) !== 0)) return;
    this.#push(scancode, isWanted);
    this.#held = toggled(this.#held, modifier);
  }

  #push(scancode: number, down: boolean): void {
    this.#events.push({ scancode, down });
  }
}

const TOGGLED_SHIFT: readonly Modifiers[] = [1, 0, 3, 2];
const TOGGLED_ALT_GR: readonly Modifiers[] = [2, 3, 0, 1];

function toggled(modifiers: Modifiers, one: typeof SHIFT | typeof ALT_GR): Modifiers {
  return (one === SHIFT ? TOGGLED_SHIFT : TOGGLED_ALT_GR)[modifiers] ?? 0;
}
