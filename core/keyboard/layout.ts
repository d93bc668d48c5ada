import { COMPOSE_TABLE } from './compose-table.ts';
import { SCANCODE, type Modifiers } from './key-event.ts';
import { LAYOUT_TABLES, WRITING_KEYS, type LayoutTable } from './layout-tables.ts';

/** The layouts that we can type for. The ids stay for good: they are stored with virtual machines. */
export type LayoutId = {
  [Id in KeymapId]: (typeof LAYOUT_TABLES)[Id] extends { readonly keymapOnly: true } ? never : Id;
}[KeymapId];

/** The layouts, and those whose names of keys a server may want. */
export type KeymapId = keyof typeof LAYOUT_TABLES;

/** A key and what must be held with it. */
export interface Stroke {
  readonly scancode: number;
  readonly modifiers: Modifiers;
}

export const LAYOUT_IDS = Object.keys(LAYOUT_TABLES).filter(isLayoutId);

export function isLayoutId(id: string): id is LayoutId {
  const tables: Readonly<Record<string, LayoutTable>> = LAYOUT_TABLES;
  return Object.hasOwn(tables, id) && tables[id]?.keymapOnly !== true;
}

const LAYERS: readonly Modifiers[] = [0, 1, 2, 3];
/** Keys that a guest's keyboard may lack, or take for another key. */
const RARE_KEYS: ReadonlySet<number> = new Set([0x56, 0x73, 0x7d]);
const RARE_KEY_COST = 10;
const DEAD_KEY_COST = 20;
const NOTHING = ' ';
const SPACE: Stroke = { scancode: SCANCODE.space, modifiers: 0 };

/** One keyboard layout of a guest: what its keys give, and how each character is typed with them. */
export class Layout {
  readonly id: KeymapId;
  /** The layout whose group holds the Latin letters, where this one has none. */
  readonly latin: LayoutId | undefined;
  /** What must be held for CapsLock to be CapsLock. */
  readonly capsLockModifiers: Modifiers;
  readonly #cells = new Map<number, string>();
  readonly #strokes = new Map<string, readonly Stroke[]>();

  constructor(id: KeymapId) {
    const table: LayoutTable = LAYOUT_TABLES[id];
    this.id = id;
    this.latin = table.latin;
    this.capsLockModifiers = table.capsLockModifiers === 1 ? 1 : 0;
    this.#readCells(table);
    this.#findDirectStrokes();
    this.#findCompositions();
  }

  /** Every character that can be typed, those made with dead keys included. */
  get characters(): readonly string[] {
    return [...this.#strokes.keys()].filter((cell) => !isDeadKey(cell));
  }

  /** The strokes that give a character, in order: several where dead keys are needed. */
  strokesFor(character: string): readonly Stroke[] | undefined {
    return isDeadKey(character) ? undefined : this.#strokes.get(character);
  }

  /** The character that a key gives, or the mark of a dead key (isDeadKey). */
  cellAt({ scancode, modifiers }: Stroke): string | undefined {
    return this.#cells.get(place(scancode, modifiers));
  }

  #readCells({ plain, shift, altGr = plain, shiftAltGr = shift }: LayoutTable): void {
    for (const [layer, row] of [plain, shift, altGr, shiftAltGr].entries()) {
      Array.from(row).forEach((cell, index) => {
        const scancode = WRITING_KEYS[index];
        if (scancode === undefined || cell === NOTHING) return;
        this.#cells.set(place(scancode, LAYERS[layer] ?? 0), cell);
      });
    }
    this.#cells.set(place(SCANCODE.space, 0), ' ');
  }

  #findDirectStrokes(): void {
    const found = LAYERS.flatMap((modifiers) =>
      WRITING_KEYS.map((scancode): Stroke => ({ scancode, modifiers })),
    );
    found.sort((a, b) => costOf(a) - costOf(b));
    this.#strokes.set(' ', [SPACE]);
    for (const stroke of found) {
      const cell = this.cellAt(stroke);
      if (cell !== undefined && !this.#strokes.has(cell)) this.#strokes.set(cell, [stroke]);
    }
  }

  #findCompositions(): void {
    const costs = new Map<string, number>();
    const made = new Map<string, readonly Stroke[]>();
    for (const [dead, last, result] of compositions()) {
      const strokes = [...Array.from(dead), last].map((cell) => this.#strokes.get(cell)?.[0]);
      if (this.#strokes.has(result) || !strokes.every((one) => one !== undefined)) continue;
      const cost = strokes.reduce((sum, one) => sum + DEAD_KEY_COST + costOf(one), 0);
      if (cost >= (costs.get(result) ?? Infinity)) continue;
      costs.set(result, cost);
      made.set(result, strokes);
    }
    for (const [result, strokes] of made) this.#strokes.set(result, strokes);
  }
}

const layouts = new Map<KeymapId, Layout>();

/** The layout of that id; made at first use and kept. */
export function layoutOf(id: KeymapId): Layout {
  const known = layouts.get(id) ?? new Layout(id);
  layouts.set(id, known);
  return known;
}

/** Whether what a key gives is no character but the beginning of one. */
export function isDeadKey(cell: string): boolean {
  return cell >= '\ue000' && cell <= '\ue0ff';
}

function place(scancode: number, modifiers: Modifiers): number {
  return scancode * LAYERS.length + modifiers;
}

function costOf({ scancode, modifiers }: Stroke): number {
  return modifiers + (RARE_KEYS.has(scancode) ? RARE_KEY_COST : 0);
}

/** Each rule of the compose table: the dead keys, what is pressed last, and the result. */
function* compositions(): Generator<readonly [string, string, string]> {
  for (const [dead, pairs] of COMPOSE_TABLE) {
    const cells = Array.from(pairs);
    for (let index = 0; index + 1 < cells.length; index += 2) {
      yield [dead, cells[index] ?? '', cells[index + 1] ?? ''];
    }
  }
}
