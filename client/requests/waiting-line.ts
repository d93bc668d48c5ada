interface Place<T> {
  readonly value: T;
  before: Place<T> | undefined;
  /** Kept by one that has left: whoever stands there goes on from it. */
  after: Place<T> | undefined;
  hasLeft: boolean;
}

/**
 * Those who wait, in the order in which they came. The first and any other leave in the same short time
 * however many have left before; a set steps over each of these when it is read from its beginning.
 */
export class WaitingLine<T> {
  readonly #places = new Map<T, Place<T>>();
  #first: Place<T> | undefined;
  #last: Place<T> | undefined;

  get size(): number {
    return this.#places.size;
  }

  /** Joins the end of the line; who waits already keeps the place. */
  add(value: T): void {
    if (this.#places.has(value)) return;
    const place: Place<T> = { value, before: this.#last, after: undefined, hasLeft: false };
    this.#places.set(value, place);
    if (this.#last) this.#last.after = place;
    else this.#first = place;
    this.#last = place;
  }

  delete(value: T): void {
    const place = this.#places.get(value);
    if (!place) return;
    this.#places.delete(value);
    place.hasLeft = true;
    const { before, after } = place;
    if (before) before.after = after;
    else this.#first = after;
    if (after) after.before = before;
    else this.#last = before;
  }

  /** The first first; who leaves meanwhile is not met any more. */
  *[Symbol.iterator](): Generator<T, void, undefined> {
    for (let place = this.#first; place; place = place.after) {
      if (!place.hasLeft) yield place.value;
    }
  }
}
