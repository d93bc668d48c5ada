interface Gathered {
  sum: number;
  count: number;
  min: number;
  max: number;
}

/** What a series is of a stretch of time: its mean, its lowest, or its highest value. */
export type Kind = 'mean' | 'min' | 'max';

/** One figure, of one device where there is one for each. */
export interface SeriesKey {
  readonly name: string;
  readonly device: string | undefined;
}

/** The name of a column. */
export function columnOf(kind: Kind, series: string): string {
  return `${kind}:${series}`;
}

/** A series as part of the name of a column. */
export function seriesOf({ name, device = '' }: SeriesKey): string {
  return `${name}:${device}`;
}

/** What a column of means is of; undefined for one of extremes. */
export function meanSeries(column: string): (SeriesKey & { readonly series: string }) | undefined {
  const [kind, name = '', ...rest] = column.split(':');
  if (kind !== 'mean') return undefined;
  const device = rest.join(':');
  return { name, device: device === '' ? undefined : device, series: `${name}:${device}` };
}

/** What was measured within one step of a tier. */
export class Step {
  readonly atMs: number;
  readonly #gathered = new Map<string, Gathered>();

  constructor(atMs: number) {
    this.atMs = atMs;
  }

  add(values: ReadonlyMap<string, number>): void {
    for (const [series, value] of values) {
      const known = this.#gathered.get(series);
      if (known) {
        known.sum += value;
        known.count += 1;
        known.min = Math.min(known.min, value);
        known.max = Math.max(known.max, value);
      } else {
        this.#gathered.set(series, { sum: value, count: 1, min: value, max: value });
      }
    }
  }

  /** The row that stands for all of it. */
  row(): ReadonlyMap<string, number> {
    const row = new Map<string, number>();
    for (const [series, { sum, count, min, max }] of this.#gathered) {
      row.set(columnOf('mean', series), sum / count);
      row.set(columnOf('min', series), min);
      row.set(columnOf('max', series), max);
    }
    return row;
  }
}
