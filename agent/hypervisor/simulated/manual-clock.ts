import type { Clock } from '../../../node/xmpp/clock.ts';

interface Timer {
  readonly at: number;
  readonly run: () => void;
}

/** A clock that stands still until it is stepped, for tests and the demo's `--clock manual`. */
export class ManualClock implements Clock {
  #now: number;
  #timers: Timer[] = [];

  constructor(startMs: number) {
    this.#now = startMs;
  }

  now(): number {
    return this.#now;
  }

  after(delayMs: number, run: () => void): () => void {
    const timer = { at: this.#now + Math.max(0, delayMs), run };
    this.#timers.push(timer);
    return () => {
      this.#timers = this.#timers.filter((other) => other !== timer);
    };
  }

  /** Lets time pass: runs what falls due in its order, each at its own time. */
  step(byMs: number): void {
    const end = this.#now + byMs;
    for (;;) {
      const next = this.#takeDue(end);
      if (next === undefined) break;
      this.#now = next.at;
      next.run();
    }
    this.#now = end;
  }

  #takeDue(end: number): Timer | undefined {
    let first: Timer | undefined;
    for (const timer of this.#timers) {
      if (timer.at <= end && (first === undefined || timer.at < first.at)) first = timer;
    }
    this.#timers = this.#timers.filter((other) => other !== first);
    return first;
  }
}
