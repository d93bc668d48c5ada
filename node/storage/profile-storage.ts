import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import * as v from 'valibot';
import { err, ok, type Result } from '../../core/lib/result.ts';
import { LogFile } from './log-file.ts';
import { SharedLog } from './shared-log.ts';
import { detailOf, SnapshotFile } from './snapshot-file.ts';
import type { StorageFault, StoredFormat } from './stored-format.ts';

/** Which file of a profile, which shape of its content this release writes, and how older ones become it. */
export interface ProfileFile {
  /** Also the file's name on disk, without its ending. */
  readonly format: string;
  readonly version: number;
  readonly migrations?: StoredFormat<unknown>['migrations'];
  /** Of a log: several processes keep it at once. */
  readonly isShared?: boolean;
}

/** A log of a profile. */
export interface ProfileLog {
  read(): Promise<Result<readonly unknown[], StorageFault>>;
  append(value: unknown): Promise<Result<undefined, StorageFault>>;
  rewrite(values: readonly unknown[]): Promise<Result<undefined, StorageFault>>;
}

type Log = LogFile<unknown> | SharedLog<unknown>;

/**
 * The files of one profile folder by their format. Values are checked by who reads them; what is
 * written first passes the redactor, so that no secret reaches a file.
 */
export class ProfileStorage {
  readonly #folder: string;
  readonly #redact: (value: unknown) => unknown;
  readonly #snapshots = new Map<string, SnapshotFile<unknown>>();
  readonly #logs = new Map<string, Log>();

  constructor(folder: string, redact: (value: unknown) => unknown) {
    this.#folder = folder;
    this.#redact = redact;
  }

  load(file: ProfileFile): Promise<Result<unknown, StorageFault>> {
    return this.#snapshot(file).load();
  }

  save(file: ProfileFile, value: unknown): Promise<Result<undefined, StorageFault>> {
    return this.#snapshot(file).save(value);
  }

  async remove(file: ProfileFile): Promise<Result<undefined, StorageFault>> {
    const path = this.#path(file, 'json');
    try {
      await rm(path, { force: true });
      this.#snapshots.delete(file.format);
      return ok(undefined);
    } catch (cause) {
      return err({ code: 'storage-unwritable', file: path, detail: detailOf(cause) });
    }
  }

  log(file: ProfileFile): ProfileLog {
    const log = this.#logFile(file);
    return {
      read: async () => {
        const contents = await log.load();
        return contents.ok ? ok(contents.value.entries) : contents;
      },
      append: (value) => log.append(value),
      rewrite: (values) => log.replace(values),
    };
  }

  /** Waits for what is being written. */
  async close(): Promise<void> {
    await Promise.all([...this.#logs.values()].map((log) => log.close()));
  }

  #snapshot(file: ProfileFile): SnapshotFile<unknown> {
    const known = this.#snapshots.get(file.format);
    if (known) return known;
    const snapshot = new SnapshotFile(this.#path(file, 'json'), this.#format(file));
    this.#snapshots.set(file.format, snapshot);
    return snapshot;
  }

  #logFile(file: ProfileFile): Log {
    const known = this.#logs.get(file.format);
    if (known) return known;
    const log = file.isShared
      ? new SharedLog(this.#folder, file.format, this.#format(file))
      : new LogFile(this.#path(file, 'log'), this.#format(file));
    this.#logs.set(file.format, log);
    return log;
  }

  #format({ format, version, migrations = {} }: ProfileFile): StoredFormat<unknown> {
    return { format, version, migrations, schema: v.unknown(), redact: this.#redact };
  }

  #path(file: ProfileFile, ending: string): string {
    return join(this.#folder, `${file.format}.${ending}`);
  }
}
