const SHORTEST_MS = 1_000;

interface Sample {
  readonly atMs: number;
  readonly cpuTimeNs: bigint;
}

/** The share of the hypervisor's processors that a domain used between two looks. */
export class CpuMeter {
  #last: Sample | undefined;
  #percent = 0;

  /** A look without a question: the first answer then has something to compare with. */
  begin(cpuTimeNs: bigint, nowMs: number): void {
    this.#last = { atMs: nowMs, cpuTimeNs };
  }

  /** Percent of `cpus` processors; looks less than a second apart give the figure of the last one. */
  measure(cpuTimeNs: bigint, cpus: number, nowMs: number): number {
    const last = this.#last;
    const isReset = last !== undefined && cpuTimeNs < last.cpuTimeNs;
    if (last === undefined || isReset) {
      this.#last = { atMs: nowMs, cpuTimeNs };
      this.#percent = 0;
      return 0;
    }
    const wallMs = nowMs - last.atMs;
    if (wallMs < SHORTEST_MS) return this.#percent;
    const usedMs = Number(cpuTimeNs - last.cpuTimeNs) / 1e6;
    this.#last = { atMs: nowMs, cpuTimeNs };
    this.#percent = Math.min(100, (100 * usedMs) / (wallMs * Math.max(1, cpus)));
    return this.#percent;
  }
}
