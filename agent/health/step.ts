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
  /** Where each stands. */
  readonly places: readonly number[];

  constructor(series: readonly string[]) {
    this.series = series;
    this.means = series.map((one) => columnOf('mean', one));
    this.places = series.map((_, index) => index);
    this.columns = series.flatMap((one) => KINDS.map((kind) => columnOf(kind, one)));
  }
}

/** What was measured at one moment, in the order of its layout. */
export interface Figures {
  readonly layout: Layout;
  readonly values: ArrayLike<number>;
}

/** Numbers of one series that stand beside each other: how many came, their sum, the lowest, the highest. */
const WIDTH = 4;

/** What was measured within one step of a tier. */
export class Step {
  #atMs: number;
  #layout: Layout;
  /** Whether rows of several layouts came. */
  #isMixed = false;
  /** Where each series of the layout is kept. */
  #places: readonly number[];
  /** All that came, also of layouts before. */
  #series: readonly string[];
  #totals: Float64Array;

  constructor(atMs: number, { layout, values }: Figures) {
    this.#atMs = atMs;
    this.#layout = layout;
    this.#series = layout.series;
    this.#places = layout.places;
    this.#totals = new Float64Array(WIDTH * layout.series.length);
    this.#takeAll(values);
  }

  /** When it began, milliseconds since 1970. */
  get atMs(): number {
    return this.#atMs;
  }

  /** Begins another step in the place of this one, with what was measured first in it. */
  restart(atMs: number, { layout, values }: Figures): void {
    this.#atMs = atMs;
    if (layout !== this.#layout || this.#isMixed) this.#lay(layout);
    this.#totals.fill(0);
    this.#takeAll(values);
  }

  #lay(layout: Layout): void {
    this.#isMixed = false;
    this.#layout = layout;
    this.#series = layout.series;
    this.#places = layout.places;
    this.#totals = new Float64Array(WIDTH * layout.series.length);
  }

  add({ layout, values }: Figures): void {
    if (layout !== this.#layout) this.#adopt(layout);
    this.#takeAll(values);
  }

  #takeAll(values: ArrayLike<number>): void {
    for (let index = 0; index < values.length; index += 1) {
      take(this.#totals, WIDTH * (this.#places[index] ?? 0), values[index] ?? 0);
    }
  }

  /** All of it as the first part of a longer step. */
  asPartOf(atMs: number): Step {
    const longer = new Step(atMs, { layout: this.#layout, values: [] });
    longer.#isMixed = this.#isMixed;
    longer.#places = this.#places;
    longer.#series = this.#series;
    longer.#totals = this.#totals.slice();
    return longer;
  }

  /** Takes in a shorter step that is a part of this one. */
  absorb(part: Step): void {
    const isAlike = part.#layout === this.#layout && !part.#isMixed && !this.#isMixed;
    if (!isAlike) this.#adopt(new Layout(part.#series));
    for (let index = 0; index < part.#series.length; index += 1) {
      merge(this.#totals, WIDTH * (this.#places[index] ?? 0), part.#totals, WIDTH * index);
    }
  }

  /** The row that stands for all of it. */
  row(): Row {
    const { columns } = this.#isMixed ? new Layout(this.#series) : this.#layout;
    const totals = this.#totals;
    const values = new Float64Array(columns.length);
    for (let at = 0; at < this.#series.length; at += 1) {
      const from = WIDTH * at;
      values[at * 3] = (totals[from + 1] ?? 0) / (totals[from] ?? 1);
      values[at * 3 + 1] = totals[from + 2] ?? 0;
      values[at * 3 + 2] = totals[from + 3] ?? 0;
    }
    return { names: columns, values };
  }

  /** A device came or went in the middle of the step. */
  #adopt(layout: Layout): void {
    this.#isMixed = true;
    this.#layout = layout;
    const series = [...this.#series];
    const places = new Map(series.map((name, at) => [name, at]));
    this.#places = layout.series.map((name) => places.get(name) ?? series.push(name) - 1);
    this.#series = series;
    const totals = new Float64Array(WIDTH * series.length);
    totals.set(this.#totals);
    this.#totals = totals;
  }
}

/** Adds a value to the numbers of the series that stands at that place. */
function take(totals: Float64Array, at: number, value: number): void {
  const [count = 0, sum = 0] = [totals[at], totals[at + 1]];
  totals[at] = count + 1;
  totals[at + 1] = sum + value;
  totals[at + 2] = count === 0 ? value : Math.min(totals[at + 2] ?? value, value);
  totals[at + 3] = count === 0 ? value : Math.max(totals[at + 3] ?? value, value);
}

/** Adds the numbers of a series in a part to those of the whole. */
function merge(totals: Float64Array, at: number, part: Float64Array, from: number): void {
  const isFirst = totals[at] === 0;
  const [lowest, highest] = [numberAt(part, from + 2), numberAt(part, from + 3)];
  totals[at] = numberAt(totals, at) + numberAt(part, from);
  totals[at + 1] = numberAt(totals, at + 1) + numberAt(part, from + 1);
  totals[at + 2] = isFirst ? lowest : Math.min(numberAt(totals, at + 2), lowest);
  totals[at + 3] = isFirst ? highest : Math.max(numberAt(totals, at + 3), highest);
}

function numberAt(numbers: Float64Array, at: number): number {
  return numbers[at] ?? 0;
}
