import type { Row } from './columns.ts';

/** What a series is of a stretch of time: its mean, its lowest, or its highest value. */
export type Kind = 'mean' | 'min' | 'max';

const KINDS: readonly Kind[] = ['mean', 'min', 'max'];

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

/** Which series are measured together, and the names of their columns. Rows share it. */
export class Layout {
  readonly series: readonly string[];
  /** Their means alone. */
  readonly means: readonly string[];
  /** Mean, lowest and highest value of each. */
  readonly columns: readonly string[];

  constructor(series: readonly string[]) {
    this.series = series;
    this.means = series.map((one) => columnOf('mean', one));
    this.columns = series.flatMap((one) => KINDS.map((kind) => columnOf(kind, one)));
  }
}

/** What was measured at one moment, in the order of its layout. */
export interface Figures {
  readonly layout: Layout;
  readonly values: readonly number[];
}

/** What was measured within one step of a tier. */
export class Step {
  readonly atMs: number;
  #layout: Layout;
  /** Whether rows of several layouts came. */
  #isMixed = false;
  /** Where each series of the layout is kept. */
  #places: readonly number[];
  /** All that came, also of layouts before. */
  readonly #series: string[];
  readonly #counts: number[];
  readonly #sums: number[];
  readonly #lowest: number[];
  readonly #highest: number[];

  constructor(atMs: number, { layout, values }: Figures) {
    this.atMs = atMs;
    this.#layout = layout;
    this.#series = [...layout.series];
    this.#places = this.#series.map((_, index) => index);
    this.#counts = this.#series.map(() => 1);
    this.#sums = [...values];
    this.#lowest = [...values];
    this.#highest = [...values];
  }

  add({ layout, values }: Figures): void {
    if (layout !== this.#layout) this.#adopt(layout);
    for (let index = 0; index < values.length; index += 1) {
      this.#take(this.#places[index] ?? 0, values[index] ?? 0);
    }
  }

  #take(at: number, value: number): void {
    this.#counts[at] = (this.#counts[at] ?? 0) + 1;
    this.#sums[at] = (this.#sums[at] ?? 0) + value;
    this.#lowest[at] = Math.min(this.#lowest[at] ?? value, value);
    this.#highest[at] = Math.max(this.#highest[at] ?? value, value);
  }

  /** The row that stands for all of it. */
  row(): Row {
    const { columns } = this.#isMixed ? new Layout(this.#series) : this.#layout;
    const values = new Float64Array(columns.length);
    for (const [at, sum] of this.#sums.entries()) {
      values[at * 3] = sum / (this.#counts[at] ?? 1);
      values[at * 3 + 1] = this.#lowest[at] ?? 0;
      values[at * 3 + 2] = this.#highest[at] ?? 0;
    }
    return { names: columns, values };
  }

  /** A device came or went in the middle of the step. */
  #adopt(layout: Layout): void {
    this.#isMixed = true;
    const places = new Map(this.#series.map((name, at) => [name, at]));
    this.#layout = layout;
    this.#places = layout.series.map((name) => {
      const known = places.get(name);
      return known ?? this.#series.push(name) - 1;
    });
  }
}
