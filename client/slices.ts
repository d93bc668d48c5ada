const BUDGET_MS = 8;

/** Lets everything else that waits have its turn. */
function giveWay(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

/** Does something with each item, giving way after 8 ms of work each time. */
export async function inSlices<T>(items: Iterable<T>, work: (item: T) => void): Promise<void> {
  let started = performance.now();
  for (const item of items) {
    work(item);
    if (performance.now() - started < BUDGET_MS) continue;
    await giveWay();
    started = performance.now();
  }
}

/**
 * Jobs in the order in which they came, 8 ms of them at a time. A job that throws is reported and
 * harms no other.
 */
export class SliceQueue {
  readonly #report: (cause: unknown) => void;
  #jobs: (() => void)[] = [];
  #running: Promise<void> | undefined;

  constructor(report: (cause: unknown) => void) {
    this.#report = report;
  }

  push(job: () => void): void {
    this.#jobs.push(job);
    this.#running ??= this.#run();
  }

  /** Resolves when no job waits any more. */
  async idle(): Promise<void> {
    while (this.#running) await this.#running;
  }

  async #run(): Promise<void> {
    // A burst that arrives in one turn is collected first.
    await giveWay();
    while (this.#jobs.length > 0) {
      const jobs = this.#jobs;
      this.#jobs = [];
      await inSlices(jobs, (job) => this.#try(job));
    }
    this.#running = undefined;
  }

  #try(job: () => void): void {
    try {
      job();
    } catch (cause) {
      this.#report(cause);
    }
  }
}
