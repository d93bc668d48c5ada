import type { LogTail } from './log-tail.ts';

/** The last lines of a log in memory, where there is no file. */
export class LogBook implements LogTail {
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
  async last(limit: number): Promise<readonly string[]> {
    return this.#lines.slice(-Math.min(limit, this.#most));
  }
}
