/** When a line was written, by its number. */
export type TimeOf = (id: number) => number;

/**
 * Lines by time; those of the same time in the order in which they came. As long as they come in that
 * order, and none is left out, nothing is kept but how many there are.
 */
export class TimeOrder {
  readonly #timeOf: TimeOf;
  #first = 0;
  #count = 0;
  /** Undefined while the numbers are consecutive from `#first`. */
  #ids: Uint32Array | undefined;

  constructor(timeOf: TimeOf) {
    this.#timeOf = timeOf;
  }

  get count(): number {
    return this.#count;
  }

  /** The number of the line at a place; undefined beyond the end. */
  at(place: number): number | undefined {
    if (place < 0 || place >= this.#count) return undefined;
    return this.#ids ? this.#ids[place] : this.#first + place;
  }

  /** Takes in lines. Returns the first place whose line is another than before. */
  add(ids: readonly number[]): number {
    const sorted = ids.every((id, at) => at === 0 || this.#isBefore(ids[at - 1] ?? 0, id))
      ? ids
      : [...ids].sort((one, other) => (this.#isBefore(one, other) ? -1 : 1));
    const [first] = sorted;
    if (first === undefined) return this.#count;
    const last = this.at(this.#count - 1);
    if (last === undefined || this.#isBefore(last, first)) return this.#push(sorted);
    return this.#merge(sorted, this.#placeBefore(first));
  }

  /** Where a line is, or would be: the number of lines before it. */
  placeOf(id: number): number {
    return this.#placeBefore(id);
  }

  /** The place of the last line that is not after a moment; the first where all are. */
  placeAt(timeMs: number): number {
    let [low, high] = [0, this.#count];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#timeOf(this.at(middle) ?? 0) <= timeMs) low = middle + 1;
      else high = middle;
    }
    return Math.max(0, low - 1);
  }

  /** Leaves out the lines with lower numbers. */
  dropBelow(id: number): void {
    if (!this.#ids) {
      const dropped = Math.min(this.#count, Math.max(0, id - this.#first));
      this.#first += dropped;
      this.#count -= dropped;
      return;
    }
    let kept = 0;
    for (let place = 0; place < this.#count; place += 1) {
      const one = this.#ids[place] ?? 0;
      if (one >= id) this.#ids[kept++] = one;
    }
    this.#count = kept;
  }

  #push(ids: readonly number[]): number {
    const [first = 0] = ids;
    const from = this.#count;
    if (from === 0 && !this.#ids) this.#first = first;
    const isConsecutive = ids.every((id, at) => id === this.#first + from + at);
    if (!this.#ids && !isConsecutive) this.#ids = this.#spelledOut();
    if (this.#ids) this.#room(ids.length).set(ids, from);
    this.#count += ids.length;
    return from;
  }

  /** `from` is the place of the first of them. */
  #merge(ids: readonly number[], from: number): number {
    this.#ids ??= this.#spelledOut();
    const all = this.#room(ids.length);
    const later = all.slice(from, this.#count);
    let [at, place] = [0, from];
    for (const id of ids) {
      while (at < later.length && this.#isBefore(later[at] ?? 0, id)) {
        all[place++] = later[at++] ?? 0;
      }
      all[place++] = id;
    }
    all.set(later.subarray(at), place);
    this.#count += ids.length;
    return from;
  }

  #spelledOut(): Uint32Array {
    const ids = new Uint32Array(this.#count);
    for (let place = 0; place < this.#count; place += 1) ids[place] = this.#first + place;
    return ids;
  }

  #room(more: number): Uint32Array {
    const ids = this.#ids ?? new Uint32Array(0);
    if (this.#count + more <= ids.length) return ids;
    const grown = new Uint32Array(Math.max(1024, ids.length * 2, this.#count + more));
    grown.set(ids.subarray(0, this.#count));
    this.#ids = grown;
    return grown;
  }

  #placeBefore(id: number): number {
    let [low, high] = [0, this.#count];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#isBefore(this.at(middle) ?? 0, id)) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #isBefore(one: number, other: number): boolean {
    const [first, second] = [this.#timeOf(one), this.#timeOf(other)];
    return first === second ? one < other : first < second;
  }
}
