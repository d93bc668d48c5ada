import { COMPOSE_TABLE } from '../../../core/keyboard/compose-table.ts';
import type { KeyEvent } from '../../../core/keyboard/key-event.ts';
import {
  LAYOUT_TABLES,
  WRITING_KEYS,
  type LayoutTable,
} from '../../../core/keyboard/layout-tables.ts';
import type { LayoutId } from '../../../core/keyboard/layout.ts';

const SHIFT_KEY = 0x2a;
const ALT_GR_KEY = 0xb8;
const CAPS_LOCK_KEY = 0x3a;
/** Enter and Tab with nothing held; what they do with a modifier we never want. */
const CONTROLS: ReadonlyMap<number, string> = new Map([
  [0x1c * 4, '\n'],
  [0x0f * 4, '\t'],
]);
const DEAD = /[\ue000-\ue0ff]/u;

/** A keyboard in a guest, forwards: keys go down and up, text comes out. It knows nothing of strokes. */
export class GuestKeyboard {
  text = '';
  isCapsLockOn = false;
  readonly down = new Set<number>();
  readonly #rows: readonly (readonly string[])[];
  readonly #capsLockModifiers: number;
  #pending = '';

  constructor(layout: LayoutId) {
    const table: LayoutTable = LAYOUT_TABLES[layout];
    const { plain, shift, altGr = plain, shiftAltGr = shift } = table;
    this.#rows = [plain, shift, altGr, shiftAltGr].map((row) => Array.from(row));
    this.#capsLockModifiers = table.capsLockModifiers ?? 0;
  }

  take(events: readonly KeyEvent[]): void {
    for (const { scancode, down } of events) {
      if (down === this.down.has(scancode)) throw new Error(`Key ${scancode} twice the same way`);
      if (down) this.#press(scancode);
      if (down) this.down.add(scancode);
      else this.down.delete(scancode);
    }
  }

  #press(scancode: number): void {
    if (scancode === SHIFT_KEY || scancode === ALT_GR_KEY) return;
    const held = (this.down.has(SHIFT_KEY) ? 1 : 0) + (this.down.has(ALT_GR_KEY) ? 2 : 0);
    if (scancode === CAPS_LOCK_KEY) {
      if (held === this.#capsLockModifiers) this.isCapsLockOn = !this.isCapsLockOn;
      return;
    }
    const cell = CONTROLS.get(scancode * 4 + held) ?? this.#cellAt(scancode, held);
    if (cell === undefined) throw new Error(`Key ${scancode} is none of the layout`);
    this.#write(this.isCapsLockOn ? otherCase(cell) : cell);
  }

  #cellAt(scancode: number, held: number): string | undefined {
    return this.#rows[held]?.[WRITING_KEYS.indexOf(scancode)];
  }

  #write(cell: string): void {
    if (this.#pending === '' && !DEAD.test(cell)) {
      this.text += cell;
      return;
    }
    const result = COMPOSE_TABLE.filter(([dead]) => dead === this.#pending)
      .flatMap(([, pairs]) => pairsOf(pairs))
      .find(([last]) => last === cell)?.[1];
    const isBeginning = COMPOSE_TABLE.some(([dead]) => dead.startsWith(this.#pending + cell));
    if (result === undefined && isBeginning) {
      this.#pending += cell;
      return;
    }
    this.text += result ?? '\ufffd';
    this.#pending = '';
  }
}

function pairsOf(pairs: string): readonly (readonly string[])[] {
  const cells = Array.from(pairs);
  return cells.flatMap((cell, index) => (index % 2 === 0 ? [[cell, cells[index + 1] ?? '']] : []));
}

function otherCase(cell: string): string {
  return cell === cell.toLowerCase() ? cell.toUpperCase() : cell.toLowerCase();
}
