interface Wave {
  /** The part of the mean by which it swings. */
  readonly share: number;
  readonly radiansPerSecond: number;
  readonly phase: number;
}

/** Shares of the mean and the periods in seconds between which each wave's own is drawn. */
const WAVES = [
  { share: 0.45, shortest: 300, longest: 1500 },
  { share: 0.3, shortest: 30, longest: 120 },
  { share: 0.15, shortest: 5, longest: 15 },
] as const;

/**
 * A rate that rises and falls around its mean without ever being negative. Its sum since any moment
 * is known without adding up, so counters are exact whenever and however often they are read.
 */
export class Curve {
  readonly #waves: readonly Wave[];

  constructor(random: () => number) {
    this.#waves = WAVES.map(({ share, shortest, longest }) => ({
      share,
      radiansPerSecond: (2 * Math.PI) / (shortest + random() * (longest - shortest)),
      phase: random() * 2 * Math.PI,
    }));
  }

  /** The rate at a moment, 1 on average. */
  at(seconds: number): number {
    return this.#waves.reduce(
      (sum, { share, radiansPerSecond, phase }) =>
        sum + share * Math.sin(radiansPerSecond * seconds + phase),
      1,
    );
  }

  /** What the rate adds up to from the beginning to a moment. */
  until(seconds: number): number {
    return this.#waves.reduce(
      (sum, { share, radiansPerSecond, phase }) =>
        sum +
        (share / radiansPerSecond) *
          (Math.cos(phase) - Math.cos(radiansPerSecond * seconds + phase)),
      seconds,
    );
  }
}
