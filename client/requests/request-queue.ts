import { WaitingLine } from './waiting-line.ts';

/** What is on its way first: what a user does, then what a user sees, then the rest. */
export type Priority = 'user' | 'visible' | 'background';

const ORDER: readonly Priority[] = ['user', 'visible', 'background'];

export interface QueueLimits {
  /** Requests at once to one entity. */
  readonly perLane: number;
  /** Requests at once altogether. */
  readonly total: number;
}

const LIMITS: QueueLimits = { perLane: 4, total: 64 };

export interface Job<T> {
  /** Whom it goes to: its requests share a limit, so that a slow entity does not hold up others. */
  readonly lane: string;
  readonly priority: Priority;
  /** Jobs of the same key that wait or run share one outcome. Absent: never shared. */
  readonly key?: string;
  /** A newer job of the same slot takes the place of an older one that still waits. */
  readonly slot?: string;
  readonly signal?: AbortSignal;
  run(signal: AbortSignal): Promise<T>;
  /** The outcome of one that was called off before it ended. */
  calledOff(): T;
}

interface Waiter<T> {
  settle(outcome: T): void;
  fail(cause: unknown): void;
}

interface Entry<T = unknown> {
  readonly job: Job<T>;
  readonly waiters: Set<Waiter<T>>;
  readonly abort: AbortController;
  priority: Priority;
  isRunning: boolean;
}

/** Decides which request goes next, and lets identical ones share one. */
export class RequestQueue {
  readonly #limits: QueueLimits;
  readonly #waiting = new Map<Priority, WaitingLine<Entry>>(
    ORDER.map((one) => [one, new WaitingLine()]),
  );
  readonly #shared = new Map<string, Entry>();
  readonly #slots = new Map<string, Entry>();
  readonly #running = new Map<string, number>();
  #total = 0;

  constructor(limits: QueueLimits = LIMITS) {
    this.#limits = limits;
  }

  /** How many requests wait or run. */
  get size(): number {
    return this.#total + ORDER.reduce((sum, one) => sum + this.#queueOf(one).size, 0);
  }

  add<T>(job: Job<T>): Promise<T> {
    if (job.signal?.aborted) return Promise.resolve(job.calledOff());
    const entry = this.#entryFor(job);
    return new Promise((resolve, reject) => {
      const waiter: Waiter<T> = { settle: resolve, fail: reject };
      entry.waiters.add(waiter);
      job.signal?.addEventListener('abort', () => this.#leave(entry, waiter, job.calledOff()), {
        once: true,
      });
      this.#next();
    });
  }

  #entryFor<T>(job: Job<T>): Entry<T> {
    const shared = job.key === undefined ? undefined : this.#shared.get(job.key);
    if (shared) {
      this.#hurry(shared, job.priority);
      // The key names entity, action and input, so the outcome is of the same type.
      return shared as unknown as Entry<T>;
    }
    const entry: Entry<T> = {
      job,
      waiters: new Set(),
      abort: new AbortController(),
      priority: job.priority,
      isRunning: false,
    };
    this.#enter(entry);
    return entry;
  }

  #enter(entry: Entry): void {
    const { key, slot } = entry.job;
    if (slot !== undefined) {
      const older = this.#slots.get(slot);
      this.#slots.set(slot, entry);
      if (older && !older.isRunning) this.#end(older, older.job.calledOff());
    }
    if (key !== undefined) this.#shared.set(key, entry);
    this.#queueOf(entry.priority).add(entry);
  }

  #hurry(entry: Entry, priority: Priority): void {
    if (entry.isRunning || ORDER.indexOf(priority) >= ORDER.indexOf(entry.priority)) return;
    this.#queueOf(entry.priority).delete(entry);
    entry.priority = priority;
    this.#queueOf(priority).add(entry);
  }

  #leave<T>(entry: Entry<T>, waiter: Waiter<T>, outcome: T): void {
    if (!entry.waiters.delete(waiter)) return;
    waiter.settle(outcome);
    if (entry.waiters.size > 0) return;
    if (entry.isRunning) entry.abort.abort();
    else this.#end(entry, outcome);
    // Nobody may join what is being called off.
    this.#forget(entry);
  }

  #next(): void {
    for (const priority of ORDER) {
      for (const entry of this.#queueOf(priority)) {
        if (this.#total >= this.#limits.total) return;
        const inLane = this.#running.get(entry.job.lane) ?? 0;
        if (inLane < this.#limits.perLane) void this.#start(entry);
      }
    }
  }

  async #start(entry: Entry): Promise<void> {
    const { lane } = entry.job;
    this.#queueOf(entry.priority).delete(entry);
    entry.isRunning = true;
    this.#count(lane, 1);
    try {
      this.#end(entry, await entry.job.run(entry.abort.signal));
    } catch (cause) {
      this.#forget(entry);
      for (const waiter of entry.waiters) waiter.fail(cause);
      entry.waiters.clear();
    } finally {
      this.#count(lane, -1);
      this.#next();
    }
  }

  #count(lane: string, change: 1 | -1): void {
    this.#total += change;
    const count = (this.#running.get(lane) ?? 0) + change;
    if (count === 0) this.#running.delete(lane);
    else this.#running.set(lane, count);
  }

  #end(entry: Entry, outcome: unknown): void {
    this.#queueOf(entry.priority).delete(entry);
    this.#forget(entry);
    for (const waiter of entry.waiters) waiter.settle(outcome);
    entry.waiters.clear();
  }

  #forget(entry: Entry): void {
    const { key, slot } = entry.job;
    if (key !== undefined && this.#shared.get(key) === entry) this.#shared.delete(key);
    if (slot !== undefined && this.#slots.get(slot) === entry) this.#slots.delete(slot);
  }

  #queueOf(priority: Priority): WaitingLine<Entry> {
    const queue = this.#waiting.get(priority);
    if (!queue) throw new Error(`No queue for ${priority}`);
    return queue;
  }
}
