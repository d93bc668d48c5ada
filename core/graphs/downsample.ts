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
export function downsample({ times, values }: Points, span: Span, gapMs: number): DrawnPoint[] {
  const drawn: DrawnPoint[] = [];
  const width = (span.to - span.from) / Math.max(1, span.columns);
  const begin = Math.max(0, firstIndex(times, span.from) - 1);
  const end = Math.min(times.length, firstIndex(times, span.to) + 1);
  let column = new Column();
  let last = Number.NaN;
  for (let index = begin; index < end; index += 1) {
    const [time, value] = [times[index] ?? 0, values[index] ?? Number.NaN];
    const number = Math.floor((time - span.from) / width);
    const isGap = Number.isNaN(value) || time - last > gapMs;
    if (isGap || number !== column.number) {
      column.drawInto(drawn);
      column = new Column(number);
      if (isGap && drawn.length > 0) drawn.push({ x: time, y: Number.NaN });
    }
    last = time;
    if (!Number.isNaN(value)) column.take(time, value);
  }
  column.drawInto(drawn);
  return drawn;
}

/** The points of one pixel column that the line needs. */
class Column {
  readonly number: number;
  #first: DrawnPoint | undefined;
  #lowest: DrawnPoint | undefined;
  #highest: DrawnPoint | undefined;
  #last: DrawnPoint | undefined;

  constructor(number = Number.NaN) {
    this.number = number;
  }

  take(x: number, y: number): void {
    const point = { x, y };
    this.#first ??= point;
    this.#last = point;
    if (!this.#lowest || y < this.#lowest.y) this.#lowest = point;
    if (!this.#highest || y > this.#highest.y) this.#highest = point;
  }

  drawInto(drawn: DrawnPoint[]): void {
    const { x: low = 0 } = this.#lowest ?? {};
    const { x: high = 0 } = this.#highest ?? {};
    const middle = low <= high ? [this.#lowest, this.#highest] : [this.#highest, this.#lowest];
    let before: DrawnPoint | undefined;
    for (const point of [this.#first, ...middle, this.#last]) {
      if (point && point !== before) drawn.push(point);
      before = point;
    }
  }
}
