/** One value measured once, beside what it is compared with. */
export interface Figure {
  readonly name: string;
  readonly value: number;
  readonly unit: 'MB' | 's' | 'lines/s';
  /** A limit, a floor, or somebody else's value for the same thing in the same run. */
  readonly peer: { readonly name: string; readonly value: number };
}

/** Something that can be measured. Each run gives the same figures in the same order. */
export interface Bench {
  readonly name: string;
  /** How many runs the medians are of. */
  readonly runs: number;
  /** Measures once. Throws where that cannot be done, with why. */
  readonly run: () => Promise<readonly Figure[]>;
}
