import type { HostSample, PastSample } from './host-statistics.ts';

/** The last samples in memory; the oldest make room for new ones. */
export class SampleHistory {
  readonly #most: number;
  #samples: PastSample[] = [];
  #latest: HostSample | undefined;

  constructor(most: number) {
    this.#most = most;
  }

  get latest(): HostSample | undefined {
    return this.#latest;
  }

  add(sample: HostSample): void {
    this.#latest = sample;
    const { memory, cpu, load, networks } = sample;
    this.#samples = [{ memory, cpu, load, networks }, ...this.#samples].slice(0, this.#most);
  }

  /** The newest first. */
  newest(limit: number): readonly PastSample[] {
    return this.#samples.slice(0, limit);
  }
}
