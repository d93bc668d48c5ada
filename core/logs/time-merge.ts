/** Something that happened, of one source. */
export interface Timed {
  readonly timeMs: number | undefined;
}

interface Held<T> {
  readonly item: T;
  readonly timeMs: number;
  readonly heldAtMs: number;
  readonly order: number;
}

/**
 * Puts what several sources say into the order of time. A line waits a bounded while for older ones of
 * other sources; the order within a source is never changed, whatever its clock does.
 */
export class TimeMerge<T extends Timed> {
  readonly #patienceMs: number;
  readonly #mostHeld: number;
  readonly #queues = new Map<string, { readonly held: Held<T>[]; from: number; lastMs: number }>();
  #order = 0;
  #size = 0;

  constructor({
    patienceMs,
    mostHeld,
  }: {
    readonly patienceMs: number;
    readonly mostHeld: number;
  }) {
    this.#patienceMs = patienceMs;
    this.#mostHeld = mostHeld;
  }

  get size(): number {
    return this.#size;
  }

  add(source: string, item: T, nowMs: number): void {
    let queue = this.#queues.get(source);
    if (!queue) {
      queue = { held: [], from: 0, lastMs: 0 };
      this.#queues.set(source, queue);
    }
    // A clock that went back must not hold up what follows.
    const timeMs = Math.max(item.timeMs ?? queue.lastMs, queue.lastMs);
    queue.lastMs = timeMs;
    queue.held.push({ item, timeMs, heldAtMs: nowMs, order: this.#order++ });
    this.#size += 1;
  }

  /** What need not wait any longer, in order. `isFinal` lets go of everything. */
  take(nowMs: number, isFinal = false): readonly T[] {
    const taken: T[] = [];
    for (;;) {
      const next = this.#oldest();
      if (!next) return taken;
      const isDue = isFinal || this.#size > this.#mostHeld || this.#isDue(nowMs);
      if (!isDue) return taken;
      taken.push(next.shift());
      this.#size -= 1;
    }
  }

  /** A line waits for as long as any line that is to come after it does. */
  #isDue(nowMs: number): boolean {
    for (const { held, from } of this.#queues.values()) {
      const first = held[from];
      if (first && nowMs - first.heldAtMs >= this.#patienceMs) return true;
    }
    return false;
  }

  #oldest(): { readonly shift: () => T } | undefined {
    let best: Held<T> | undefined;
    let owner: { readonly held: Held<T>[]; from: number } | undefined;
    for (const queue of this.#queues.values()) {
      const first = queue.held[queue.from];
      if (first && (!best || isBefore(first, best))) {
        best = first;
        owner = queue;
      }
    }
    if (!best || !owner) return undefined;
    const [one, queue] = [best, owner];
    return {
      shift: () => {
        queue.from += 1;
        if (queue.from > 1024 && queue.from * 2 > queue.held.length) {
          queue.held.splice(0, queue.from);
          queue.from = 0;
        }
        return one.item;
      },
    };
  }
}

function isBefore(
  one: { readonly timeMs: number; readonly order: number },
  other: { readonly timeMs: number; readonly order: number },
): boolean {
  return one.timeMs === other.timeMs ? one.order < other.order : one.timeMs < other.timeMs;
}
