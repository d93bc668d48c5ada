/** Time as the session sees it, so that tests and the seeded demo can steer it. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Runs something once, later; the function returned calls it off. */
  after(delayMs: number, run: () => void): () => void;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  after(delayMs, run) {
    const timer = setTimeout(run, delayMs);
    return () => clearTimeout(timer);
  },
};
