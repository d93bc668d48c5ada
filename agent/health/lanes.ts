interface Waiting {
  readonly lane: string;
  readonly begin: () => void;
}

/**
 * Begins work of which some may never end: one piece of each lane at a time, and not more than `most` in
 * all. What hangs holds up its own lane alone, as long as there are not as many of such.
 */
export class Lanes {
  readonly #most: number;
  readonly #taken = new Set<string>();
  #waiting: readonly Waiting[] = [];

  constructor(most: number) {
    this.#most = most;
  }

  async run<T>(lane: string, work: () => Promise<T>): Promise<T> {
    if (this.#isFree(lane)) this.#taken.add(lane);
    else {
      await new Promise<void>((begin) => (this.#waiting = [...this.#waiting, { lane, begin }]));
    }
    try {
      return await work();
    } finally {
      this.#taken.delete(lane);
      this.#beginNext();
    }
  }

  #isFree(lane: string): boolean {
    return this.#taken.size < this.#most && !this.#taken.has(lane);
  }

  #beginNext(): void {
    const next = this.#waiting.find(({ lane }) => this.#isFree(lane));
    if (!next) return;
    this.#waiting = this.#waiting.filter((one) => one !== next);
    this.#taken.add(next.lane);
    next.begin();
  }
}
