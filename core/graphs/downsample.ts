/** Times in milliseconds since 1970, ascending, with a value for each; NaN is a gap. */
export interface Points {
  readonly times: Float64Array;
  readonly values: Float64Array;
}

/** Points that each stand for a stretch of time, with the extremes of that stretch. */
export interface RangedPoints extends Points {
  readonly lows: Float64Array;
  readonly highs: Float64Array;
}

/** What a graph shows: a stretch of time, drawn this many pixels wide. */
export interface Span {
  readonly from: number;
  readonly to: number;
  readonly columns: number;
}

export interface DrawnPoint {
  readonly x: number;
  /** NaN where the line is interrupted. */
  readonly y: number;
}

/** The first index whose time is not before `moment`. */
export function firstIndex(times: Float64Array, moment: number): number {
  let [low, high] = [0, times.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((times[middle] ?? Infinity) < moment) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * M4 (Jugel, Jerzak, Hackenbroich, Markl, VLDB 2014): of each pixel column the first, lowest, highest
 * and last point, so that the line drawn through them is the line through all. A point beyond either
 * end keeps the line going to the edge. Where two points are further apart than `gapMs`, or a value
 * is missing, the line is interrupted.
 */
export function downsample(points: Points, span: Span, gapMs: number): DrawnPoint[] {
  const { times, values } = points;
  const width = (span.to - span.from) / Math.max(1, span.columns);
  const begin = Math.max(0, firstIndex(times, span.from) - 1);
  const end = Math.min(times.length, firstIndex(times, span.to) + 1);
  const column = new Column(points);
  let last = Number.NaN;
  for (let index = begin; index < end; index += 1) {
    const [time, value] = [times[index] ?? 0, values[index] ?? Number.NaN];
    const number = Math.floor((time - span.from) / width);
    const isGap = Number.isNaN(value) || time - last > gapMs;
    if (isGap || number !== column.number) column.next(number);
    if (isGap) column.interrupt(time);
    last = time;
    if (!Number.isNaN(value)) column.take(index, value);
  }
  column.next(Number.NaN);
  return column.drawn;
}

/** The points of one pixel column after the other that the line needs; no object is made for the others. */
class Column {
  readonly drawn: DrawnPoint[] = [];
  readonly #points: Points;
  number = Number.NaN;
  #first = -1;
  #lowest = -1;
  #highest = -1;
  #last = -1;
  #low = Number.NaN;
  #high = Number.NaN;

  constructor(points: Points) {
    this.#points = points;
  }

  take(index: number, value: number): void {
    const isFirst = this.#first < 0;
    if (isFirst) this.#first = index;
    this.#last = index;
    if (isFirst || value < this.#low) {
      this.#low = value;
      this.#lowest = index;
    }
    if (isFirst || value > this.#high) {
      this.#high = value;
      this.#highest = index;
    }
  }

  interrupt(x: number): void {
    if (this.drawn.length > 0) this.drawn.push({ x, y: Number.NaN });
  }

  /** Ends this column, and begins another one. */
  next(number: number): void {
    this.number = number;
    if (this.#first < 0) return;
    this.#draw(this.#first, -1);
    const [one, other] = [this.#lowest, this.#highest];
    this.#draw(Math.min(one, other), this.#first);
    this.#draw(Math.max(one, other), Math.min(one, other));
    this.#draw(this.#last, Math.max(one, other));
    this.#first = -1;
  }

  /** Unless it is the one before. */
  #draw(index: number, before: number): void {
    if (index === before) return;
    const { times, values } = this.#points;
    this.drawn.push({ x: times[index] ?? 0, y: values[index] ?? Number.NaN });
  }
}
