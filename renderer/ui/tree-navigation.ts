/** One line of a tree that is drawn as a flat list. */
export interface TreeRow {
  readonly key: string;
  /** 1 at the root. */
  readonly level: number;
  /** How many siblings there are, itself among them. */
  readonly setSize: number;
  /** Its place among them, from 1. */
  readonly position: number;
  /** Undefined: it has nothing below it. */
  readonly expanded: boolean | undefined;
  /** Its name, for typing ahead and for those who cannot see it. */
  readonly label: string;
}

/** What a key asks of a tree. */
export type TreeStep =
  { readonly go: number } | { readonly toggle: string } | { readonly activate: string };

type Rows = readonly TreeRow[];

function parentOf(rows: Rows, index: number): number {
  const level = rows[index]?.level ?? 0;
  for (let above = index - 1; above >= 0; above -= 1) {
    if ((rows[above]?.level ?? 0) < level) return above;
  }
  return index;
}

function goLeft(rows: Rows, index: number): TreeStep | undefined {
  const row = rows[index];
  if (row?.expanded === true) return { toggle: row.key };
  const parent = parentOf(rows, index);
  return parent === index ? undefined : { go: parent };
}

function goRight(rows: Rows, index: number): TreeStep | undefined {
  const row = rows[index];
  if (row?.expanded === false) return { toggle: row.key };
  return row?.expanded === true && index + 1 < rows.length ? { go: index + 1 } : undefined;
}

/** What an arrow, Home, End, Page or Enter key means on the row at `index`; -1: on none yet. */
export function treeStep(
  rows: Rows,
  index: number,
  key: string,
  pageSize: number,
): TreeStep | undefined {
  const last = rows.length - 1;
  if (last < 0) return undefined;
  const go = (to: number): TreeStep => ({ go: Math.max(0, Math.min(last, to)) });
  const steps: Readonly<Record<string, () => TreeStep | undefined>> = {
    ArrowDown: () => go(index + 1),
    ArrowUp: () => go(index < 0 ? last : index - 1),
    Home: () => go(0),
    End: () => go(last),
    PageDown: () => go(index + pageSize),
    PageUp: () => go(index - pageSize),
    ArrowLeft: () => goLeft(rows, index),
    ArrowRight: () => goRight(rows, index),
    Enter: () => {
      const row = rows[index];
      return row && { activate: row.key };
    },
  };
  return steps[key]?.();
}

/** The next row whose name begins with what was typed; a longer text may stay on the same row. */
export function typeahead(rows: Rows, index: number, typed: string): number | undefined {
  const wanted = typed.toLowerCase();
  const first = typed.length > 1 ? Math.max(0, index) : index + 1;
  for (let step = 0; step < rows.length; step += 1) {
    const at = (first + step) % rows.length;
    if (rows[at]?.label.toLowerCase().startsWith(wanted)) return at;
  }
  return undefined;
}

/** How long after a letter the next one still belongs to the same name, milliseconds. */
const TYPING_MS = 700;

/** What is typed to go to a row by its name; a space is a letter of it, and no key of its own, meanwhile. */
export class TypedName {
  #text = '';
  #at = Number.NEGATIVE_INFINITY;

  /** Whether a letter at this time, in milliseconds, continues the name. */
  goesOnAt(at: number): boolean {
    return at - this.#at <= TYPING_MS;
  }

  /** Takes a letter; the name so far is given back. */
  add(letter: string, at: number): string {
    this.#text = this.goesOnAt(at) ? this.#text + letter : letter;
    this.#at = at;
    return this.#text;
  }
}
