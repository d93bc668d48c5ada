const FIRST_ROOM = 16;

/** Rows of numbers in order of time, a column for each name; the oldest make room for new ones. */
export class Columns {
  readonly #most: number;
  #times = new Float64Array(FIRST_ROOM);
  readonly #values = new Map<string, Float32Array>();
  #count = 0;

  /** Between `most` and a quarter more rows are kept. */
  constructor(most: number) {
    this.#most = most;
  }

  get count(): number {
    return this.#count;
  }

  get names(): readonly string[] {
    return [...this.#values.keys()];
  }

  /** Milliseconds since 1970; undefined past the last row. */
  timeAt(row: number): number | undefined {
    return row < this.#count ? this.#times[row] : undefined;
  }

  /** Undefined where nothing was measured under that name. */
  valueAt(row: number, name: string): number | undefined {
    const value = this.#values.get(name)?.[row];
    return row >= this.#count || value === undefined || Number.isNaN(value) ? undefined : value;
  }

  /** The first row that is not older. */
  rowFrom(timeMs: number): number {
    let [low, high] = [0, this.#count];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#times[middle] ?? 0) < timeMs) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** Adds a row; one that is not newer than the last, as after a clock was set back, is left out. */
  append(timeMs: number, values: ReadonlyMap<string, number>): void {
    const last = this.timeAt(this.#count - 1);
    if (last !== undefined && timeMs <= last) return;
    this.#makeRoom();
    this.#times[this.#count] = timeMs;
    for (const [name, value] of values) {
      let column = this.#values.get(name);
      if (!column) {
        column = new Float32Array(this.#times.length).fill(Number.NaN);
        this.#values.set(name, column);
      }
      column[this.#count] = value;
    }
    this.#count += 1;
  }

  #makeRoom(): void {
    if (this.#count >= this.#most + Math.ceil(this.#most / 4)) this.#dropOldest();
    if (this.#count < this.#times.length) return;
    const room = Math.min(this.#times.length * 2, this.#most + Math.ceil(this.#most / 4));
    const times = new Float64Array(room);
    times.set(this.#times);
    this.#times = times;
    for (const [name, column] of this.#values) {
      const wider = new Float32Array(room).fill(Number.NaN);
      wider.set(column);
      this.#values.set(name, wider);
    }
  }

  #dropOldest(): void {
    const gone = this.#count - this.#most;
    this.#times.copyWithin(0, gone, this.#count);
    for (const [name, column] of this.#values) {
      column.copyWithin(0, gone, this.#count).fill(Number.NaN, this.#most);
      if (column.subarray(0, this.#most).every(Number.isNaN)) this.#values.delete(name);
    }
    this.#count = this.#most;
  }
}
