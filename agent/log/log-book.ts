/** The last lines of the log in memory, for who asks for them over the wire. */
export class LogBook {
  readonly #most: number;
  #lines: string[] = [];

  constructor(most = 1000) {
    this.#most = most;
  }

  add(line: string): void {
    this.#lines.push(line);
    // Cut now and then, not at every line.
    if (this.#lines.length > 2 * this.#most) this.#lines = this.#lines.slice(-this.#most);
  }

  /** The oldest first, at most `limit`. */
  last(limit: number): readonly string[] {
    return this.#lines.slice(-Math.min(limit, this.#most));
  }
}
