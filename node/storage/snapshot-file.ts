import { randomUUID } from 'node:crypto';
import { mkdir, open, readFile, rename, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import * as v from 'valibot';
import { err, ok, type Result } from '../../core/lib/result.ts';
import { jsonInSlices } from './json-in-slices.ts';
import { migrate, readHeader, type StorageFault, type StoredFormat } from './stored-format.ts';

const Body = v.looseObject({ value: v.unknown() });

/**
 * One value in one file, replaced as a whole: a crash leaves the old or the new one, never half.
 * Only the owner may read it. A damaged file is set aside under `.damaged`, never overwritten.
 */
export class SnapshotFile<T> {
  readonly #path: string;
  readonly #format: StoredFormat<T>;
  #writing: Promise<unknown> = Promise.resolve();
  #newer: StorageFault | undefined;

  constructor(path: string, format: StoredFormat<T>) {
    this.#path = path;
    this.#format = format;
  }

  /** The stored value; undefined when there is no file yet. */
  async load(): Promise<Result<T | undefined, StorageFault>> {
    const text = await readText(this.#path);
    if (!text.ok) return text;
    if (text.value === undefined) return ok(undefined);
    const read = this.#parse(text.value);
    if (read.ok) return read;
    if (read.error.code === 'storage-newer') this.#newer = read.error;
    else await this.#setAside();
    return read;
  }

  /** Writes after all earlier saves; a file of a newer release is refused and kept. */
  save(value: T): Promise<Result<undefined, StorageFault>> {
    const done = this.#writing.then(() => this.#write(value));
    // What cannot be written harms nothing that is written later.
    this.#writing = done.catch(() => undefined);
    return done;
  }

  #parse(text: string): Result<T, StorageFault> {
    const file = this.#path;
    const json = parseJson(file, text);
    if (!json.ok) return json;
    const version = readHeader(file, json.value, this.#format);
    if (!version.ok) return version;
    const body = v.safeParse(Body, json.value);
    return migrate(file, body.success ? body.output.value : undefined, version.value, this.#format);
  }

  async #write(value: T): Promise<Result<undefined, StorageFault>> {
    if (this.#newer) return err(this.#newer);
    const { format, version, redact } = this.#format;
    const body = await jsonInSlices(value, redact ?? ((part) => part));
    const header = JSON.stringify({ format, version }).slice(0, -1);
    return writeAtomically(this.#path, `${header},"value":${body}}\n`);
  }

  async #setAside(): Promise<void> {
    // A folder that cannot be written keeps the damaged file where it is; saving will say so.
    await rename(this.#path, `${this.#path}.damaged`).catch(() => undefined);
  }
}

/** The text of a file; undefined when there is none. */
export async function readText(path: string): Promise<Result<string | undefined, StorageFault>> {
  try {
    return ok(await readFile(path, 'utf8'));
  } catch (cause) {
    if (codeOf(cause) === 'ENOENT') return ok(undefined);
    return err({ code: 'storage-damaged', file: path, detail: detailOf(cause) });
  }
}

/** Likewise of a file that somebody else wrote: one that is longer, in bytes, or no file, is not read. */
export async function readTextUpTo(
  path: string,
  mostBytes: number,
): Promise<Result<string | undefined, StorageFault>> {
  const found = await stat(path).catch(() => undefined);
  const isFine = !found || (found.isFile() && found.size <= mostBytes);
  if (isFine) return readText(path);
  const detail = found.isFile() ? `it is longer than ${mostBytes} bytes` : 'it is no file';
  return err({ code: 'storage-damaged', file: path, detail });
}

/** Replaces a file by way of a temporary one beside it, flushed to disk before it takes the name. */
export async function writeAtomically(
  path: string,
  text: string,
): Promise<Result<undefined, StorageFault>> {
  const temporary = `${path}.${randomUUID()}.tmp`;
  try {
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    const file = await open(temporary, 'w', 0o600);
    try {
      await file.writeFile(text);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
    return ok(undefined);
  } catch (cause) {
    await rm(temporary, { force: true }).catch(() => undefined);
    return err({ code: 'storage-unwritable', file: path, detail: detailOf(cause) });
  }
}

function parseJson(file: string, text: string): Result<unknown, StorageFault> {
  try {
    return ok(JSON.parse(text) as unknown);
  } catch (cause) {
    return err({ code: 'storage-damaged', file, detail: detailOf(cause) });
  }
}

function codeOf(cause: unknown): unknown {
  return cause instanceof Error && 'code' in cause ? cause.code : undefined;
}

/** What the operating system or the parser said, for the end of a sentence. */
export function detailOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}
