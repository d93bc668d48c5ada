const FIRST_ROOM = 16;

/** Numbers, each under the name at the same place of the list; rows may share that list. */
export interface Row {
  readonly names: readonly string[];
  readonly values: ArrayLike<number>;
}

/** Rows of numbers in order of time, a column for each name; the oldest make room for new ones. */
export class Columns {
  readonly #most: number;
  #times = new Float64Array(FIRST_ROOM);
  readonly #values = new Map<string, Float32Array>();
  /** The columns of the last names that came, in their order; most rows come with the very same list. */
  #bound: readonly Float32Array[] = [];
  #boundTo: readonly string[] | undefined;
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
  append(timeMs: number, { names, values }: Row): void {
    const last = this.timeAt(this.#count - 1);
    if (last !== undefined && timeMs <= last) return;
    this.#makeRoom();
    if (this.#boundTo !== names) this.#bind(names);
    const row = this.#count;
    this.#times[row] = timeMs;
    for (let index = 0; index < this.#bound.length; index += 1) {
      const column = this.#bound[index];
      if (column) column[row] = values[index] ?? Number.NaN;
    }
    this.#count = row + 1;
  }

  #bind(names: readonly string[]): void {
    this.#boundTo = names;
    this.#bound = names.map((name) => {
      const known = this.#values.get(name);
      if (known) return known;
      const column = new Float32Array(this.#times.length).fill(Number.NaN);
      this.#values.set(name, column);
      return column;
    });
  }

  #makeRoom(): void {
    if (this.#count >= this.#most + Math.ceil(this.#most / 4)) this.#dropOldest();
    if (this.#count < this.#times.length) return;
    this.#boundTo = undefined;
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
    this.#boundTo = undefined;
    const gone = this.#count - this.#most;
    this.#times.copyWithin(0, gone, this.#count);
    for (const [name, column] of this.#values) {
      column.copyWithin(0, gone, this.#count).fill(Number.NaN, this.#most);
      if (column.subarray(0, this.#most).every(Number.isNaN)) this.#values.delete(name);
    }
    this.#count = this.#most;
  }
}
