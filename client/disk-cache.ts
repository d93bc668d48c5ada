import * as v from 'valibot';
import type { AppError } from '../core/contract/app-error.ts';
import type { Clock } from '../node/xmpp/clock.ts';
import type { Storage, StoredFile } from './ports.ts';

const SAVE_AFTER_MS = 5000;
const ENTRIES_MAX = 20_000;

export interface DiskCacheOptions<T> {
  readonly storage: Storage;
  readonly file: StoredFile;
  readonly schema: v.GenericSchema<unknown, T>;
  readonly clock: Clock;
  readonly failed: (error: AppError) => void;
}

/** Values by name that are kept from one run to the next; losing them costs only asking again. */
export class DiskCache<T> {
  readonly #options: DiskCacheOptions<T>;
  readonly #values = new Map<string, T>();
  #saveLater: (() => void) | undefined;

  constructor(options: DiskCacheOptions<T>) {
    this.#options = options;
  }

  /** Reads the file, value by value: a damaged one is left out. */
  async load(): Promise<void> {
    const { storage, file, schema, failed } = this.#options;
    const stored = await storage.load(file);
    if (!stored.ok) {
      failed(stored.error);
      return;
    }
    const values = v.safeParse(v.record(v.string(), v.unknown()), stored.value ?? {});
    for (const [name, value] of Object.entries(values.success ? values.output : {})) {
      const read = v.safeParse(schema, value);
      if (read.success) this.#values.set(name, read.output);
    }
  }

  get(name: string): T | undefined {
    return this.#values.get(name);
  }

  set(name: string, value: T): void {
    // Put last again: the oldest entry is the first of the map.
    this.#values.delete(name);
    this.#values.set(name, value);
    if (this.#values.size > ENTRIES_MAX) {
      const [oldest] = this.#values.keys();
      if (oldest !== undefined) this.#values.delete(oldest);
    }
    this.#schedule();
  }

  /** Forgets all whose name begins so. */
  deleteAll(prefix: string): void {
    for (const name of this.#values.keys()) {
      if (name.startsWith(prefix)) this.#values.delete(name);
    }
    this.#schedule();
  }

  /** Writes what waits to be written. */
  async flush(): Promise<void> {
    if (!this.#saveLater) return;
    this.#saveLater();
    this.#saveLater = undefined;
    const { storage, file, failed } = this.#options;
    const saved = await storage.save(file, Object.fromEntries(this.#values));
    if (!saved.ok) failed(saved.error);
  }

  #schedule(): void {
    this.#saveLater ??= this.#options.clock.after(SAVE_AFTER_MS, () => void this.flush());
  }
}
