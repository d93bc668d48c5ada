import type { Entity } from '../../../../core/domain/entity.ts';

/** Pixels of a tile's line with its name, and between tiles. */
const HEAD = 24;
const GAP = 6;
/** Pixels around all tiles. */
export const GUTTER = 8;
/** Height of a screen for its width. */
const ASPECT = 10 / 16;
/** Narrower than this nothing can be read. */
const LEAST_WIDTH = 168;

/** More screens at once nobody watches. */
export const MOST_SCREENS = 200;

/**
 * How many columns show the most of so many screens in a place of this size, in pixels: all of them
 * at once as long as they can be read, else as many as can beside each other.
 */
export function columnsFor(count: number, width: number, height: number): number {
  const most = Math.max(1, Math.floor((width + GAP) / (LEAST_WIDTH + GAP)));
  for (let columns = 1; columns <= Math.min(count, most); columns += 1) {
    const tile = (width - (columns - 1) * GAP) / columns;
    const rows = Math.ceil(count / columns);
    if (rows * (tile * ASPECT + HEAD) + (rows - 1) * GAP <= height) return columns;
  }
  return Math.max(1, Math.min(count, most));
}

/** Where a key leads from a tile in a grid; undefined for keys that lead nowhere. */
export function tileAfter(
  key: string,
  from: number,
  grid: { readonly count: number; readonly columns: number },
): number | undefined {
  const { count, columns } = grid;
  const to = {
    ArrowLeft: from - 1,
    ArrowRight: from + 1,
    ArrowUp: from - columns,
    ArrowDown: from + columns,
    Home: 0,
    End: count - 1,
  }[key];
  return to === undefined || to < 0 || to >= count ? undefined : to;
}

const names = new Intl.Collator(undefined, { numeric: true });

/** What a wall shows of so many machines in all. */
interface Screens {
  readonly shown: readonly Entity[];
  readonly count: number;
}

/**
 * The machines of a wall, each once and by name: those that are given, and those of hypervisors. Where
 * they are very many, the first of them.
 */
export function screensOf(entities: readonly Entity[], everything: readonly Entity[]): Screens {
  const hosts = new Set(entities.filter(({ kind }) => kind === 'hypervisor').map(({ id }) => id));
  const given = entities.filter(({ kind }) => kind === 'virtualmachine');
  const run = everything.filter(
    ({ kind, hypervisor }) =>
      kind === 'virtualmachine' && hypervisor !== undefined && hosts.has(hypervisor),
  );
  const machines = [
    ...new Map([...given, ...run].map((machine) => [machine.id, machine])).values(),
  ];
  machines.sort((one, other) => names.compare(one.name, other.name));
  return { shown: machines.slice(0, MOST_SCREENS), count: machines.length };
}
