/** One value measured once, beside what it is compared with. */
export interface Figure {
  readonly name: string;
  readonly value: number;
  readonly unit:
    'MB' | 'lines/s' | 'ms' | 'requests' | 's' | 'stanzas' | 'µs' | 'MB/s' | '%' | 'a second';
  /** A limit, a floor, or somebody else's value for the same thing in the same run. */
  readonly peer: { readonly name: string; readonly value: number };
}

/** How much is to be measured. */
export interface Extent {
  /** What takes half an hour is wanted, rather than its short form. */
  readonly isLong: boolean;
}

/** What one run measured: the same figures in the same order each time. */
export type Run = readonly Figure[];

interface Named {
  readonly name: string;
  /** How many runs the medians are of. */
  readonly runs: number;
}

/** Something that can be measured anew each time. Throws where that cannot be done, with why. */
export interface SimpleBench extends Named {
  readonly run: (extent: Extent) => Promise<Run>;
}

/** Something of which all runs share what they are measured on. */
export interface PreparedBench extends Named {
  readonly runAll: (extent: Extent) => Promise<readonly Run[]>;
}

export type Bench = PreparedBench | SimpleBench;

/** Measures one time after the other. */
export async function repeat(runs: number, once: () => Promise<Run>): Promise<readonly Run[]> {
  const measured: Run[] = [];
  while (measured.length < runs) measured.push(await once());
  return measured;
}
