import { liveBytes } from '../support/live-memory.ts';

/** How many samples a run gives: five for each of its thirds. */
const SAMPLES = 15;
/** Each sample stops everything while garbage is collected. */
const SHORTEST_MS = 4000;

/**
 * What fills up to a bound, at most, bytes for each entity: 2,000 lines of 150 bytes in the log of an
 * agent for each 21 entities, 50 stanzas of 500 bytes that the server keeps until they are acknowledged,
 * 32 notes of chaos itself.
 */
const CACHED_BYTES = 14_000 + 25_000 + 3000;
/** Whatever the size: modules, compiled code, the journal with its bounded log, notices and runs. */
const BASE_BYTES = 40e6;
/** Between two thirds of a run: the rest of these, and what is online and in flight at one time and not at another. */
const LATE_BYTES = 6000;
const LATE_BASE_BYTES = 8e6;

/** How much may grow over a run, and in its last third, bytes. */
export function heapBounds(entities: number): { readonly all: number; readonly late: number } {
  return {
    all: BASE_BYTES + CACHED_BYTES * entities,
    late: LATE_BASE_BYTES + LATE_BYTES * entities,
  };
}

/** Measures again and again what a run keeps alive, and by how much that still grows when it has run for a while. */
export class HeapWatch {
  readonly #intervalMs: number;
  readonly #before = liveBytes();
  readonly #bytes: number[] = [];
  #measuredAt = performance.now();

  /** `seconds`: how long the run takes. */
  constructor(seconds: number) {
    this.#intervalMs = Math.max((seconds * 1000) / SAMPLES, SHORTEST_MS);
  }

  /** What was measured, oldest first, from before the run on, MB. */
  get measured(): readonly number[] {
    return [this.#before, ...this.#bytes].map((bytes) => Math.round(bytes / 1e6));
  }

  /** By how much more is alive now than before the run, bytes. */
  grown(): number {
    return liveBytes() - this.#before;
  }

  /** Whether it is time to measure again. */
  get isDue(): boolean {
    return performance.now() - this.#measuredAt >= this.#intervalMs;
  }

  /** What is alive now, bytes. */
  measure(): number {
    const bytes = liveBytes();
    this.#bytes.push(bytes);
    this.#measuredAt = performance.now();
    return bytes;
  }

  /**
   * By how much the last third is above the one before it, bytes, by their medians: what fills up to a
   * bound is full by then or soon, and what leaks grows in each third alike. 0 while there is too little.
   */
  lastGrown(): number {
    const third = Math.floor(this.#bytes.length / 3);
    if (third === 0) return 0;
    return median(this.#bytes.slice(-third)) - median(this.#bytes.slice(-2 * third, -third));
  }
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}
