import * as v from 'valibot';
import type { AppError } from '../../core/contract/app-error.ts';
import { DEFAULT_SETTINGS, Settings } from '../../core/contract/settings.ts';
import type { Result } from '../../core/lib/result.ts';
import { err, ok } from '../../core/lib/result.ts';
import type { Storage, StoredFile } from '../ports.ts';

const FILE: StoredFile = { format: 'settings', version: 1 };

export interface SettingsDependencies {
  readonly storage: Storage;
  readonly changed: (settings: Settings) => void;
  /** What went wrong while loading; the defaults are in force then. */
  readonly failed: (error: AppError) => void;
}

/** The user's settings. A damaged field falls back to its default and harms no other. */
export class SettingsKeeper {
  readonly #dependencies: SettingsDependencies;
  #settings: Settings = DEFAULT_SETTINGS;

  constructor(dependencies: SettingsDependencies) {
    this.#dependencies = dependencies;
  }

  get current(): Settings {
    return this.#settings;
  }

  /** Reads them and writes them back: that nothing can be kept is to be known before it is needed. */
  async load(): Promise<void> {
    const { storage, failed } = this.#dependencies;
    const stored = await storage.load(FILE);
    if (stored.ok) this.#settings = readSettings(stored.value);
    else failed(stored.error);
    const saved = await storage.save(FILE, this.#settings);
    if (!saved.ok && saved.error.code === 'storage-unwritable') failed(saved.error);
  }

  /** Keeps the change for this run even when it cannot be stored, and says so. */
  async change(change: Partial<Settings>): Promise<Result<Settings, AppError>> {
    this.#settings = { ...this.#settings, ...change };
    this.#dependencies.changed(this.#settings);
    const saved = await this.#dependencies.storage.save(FILE, this.#settings);
    return saved.ok ? ok(this.#settings) : err(saved.error);
  }
}

/** Settings from a file, field by field. */
export function readSettings(stored: unknown): Settings {
  const fields = v.safeParse(v.record(v.string(), v.unknown()), stored);
  if (!fields.success) return DEFAULT_SETTINGS;
  const entries = Object.entries(Settings.entries).flatMap(([name, schema]) => {
    const value = v.safeParse(schema, fields.output[name]);
    return value.success ? [[name, value.output] as const] : [];
  });
  return { ...DEFAULT_SETTINGS, ...Object.fromEntries(entries) };
}
