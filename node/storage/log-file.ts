import { mkdir, open, type FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import { crc32 } from 'node:zlib';
import { err, ok, type Result } from '../../core/lib/result.ts';
import { detailOf, readText, writeAtomically } from './snapshot-file.ts';
import { migrate, readHeader, type StorageFault, type StoredFormat } from './stored-format.ts';

export interface LogContents<T> {
  readonly entries: readonly T[];
  /** Lines passed over because their checksum or shape was wrong: a torn last line, a bad block. */
  readonly damaged: number;
}

/**
 * An append-only file of entries, one a line behind its CRC-32. Appending is flushed to disk before
 * it is acknowledged, so that an entry once acknowledged survives a crash; a torn line harms no other.
 */
export class LogFile<T> {
  readonly #path: string;
  readonly #format: StoredFormat<T>;
  #writing: Promise<unknown> = Promise.resolve();
  #file: FileHandle | undefined;
  #newer: StorageFault | undefined;

  constructor(path: string, format: StoredFormat<T>) {
    this.#path = path;
    this.#format = format;
  }

  async load(): Promise<Result<LogContents<T>, StorageFault>> {
    const text = await readText(this.#path);
    if (!text.ok) return text;
    if (text.value === undefined) return ok({ entries: [], damaged: 0 });
    const [first = '', ...lines] = text.value.split('\n');
    const version = readHeader(this.#path, decodeLine(first), this.#format);
    if (!version.ok) {
      if (version.error.code === 'storage-newer') this.#newer = version.error;
      return version;
    }
    return ok(this.#decode(lines, version.value));
  }

  append(entry: T): Promise<Result<undefined, StorageFault>> {
    return this.#enqueue(() => this.#write(this.#encode(entry)));
  }

  /** Replaces all entries, for example to drop the oldest. */
  replace(entries: readonly T[]): Promise<Result<undefined, StorageFault>> {
    return this.#enqueue(async () => {
      if (this.#newer) return err(this.#newer);
      await this.#close();
      const lines = [this.#header(), ...entries.map((entry) => this.#encode(entry))];
      return writeAtomically(this.#path, lines.join(''));
    });
  }

  async close(): Promise<void> {
    await this.#writing;
    await this.#close();
  }

  #enqueue<R>(work: () => Promise<R>): Promise<R> {
    const done = this.#writing.then(work);
    // What cannot be written harms nothing that is written later.
    this.#writing = done.catch(() => undefined);
    return done;
  }

  #decode(lines: readonly string[], version: number): LogContents<T> {
    const entries: T[] = [];
    let damaged = 0;
    for (const line of lines) {
      if (line === '') continue;
      const json = decodeLine(line);
      const entry = json === undefined ? undefined : this.#entryOf(json, version);
      if (entry?.ok) entries.push(entry.value);
      else damaged += 1;
    }
    return { entries, damaged };
  }

  #entryOf(json: unknown, version: number): Result<T, StorageFault> {
    return migrate(this.#path, json, version, this.#format);
  }

  #encode(entry: T): string {
    const { redact } = this.#format;
    return encodeLine(redact ? redact(entry) : entry);
  }

  #header(): string {
    return encodeLine({ format: this.#format.format, version: this.#format.version });
  }

  async #write(line: string): Promise<Result<undefined, StorageFault>> {
    if (this.#newer) return err(this.#newer);
    try {
      this.#file ??= await this.#open();
      await this.#file.appendFile(line);
      await this.#file.datasync();
      return ok(undefined);
    } catch (cause) {
      return err({ code: 'storage-unwritable', file: this.#path, detail: detailOf(cause) });
    }
  }

  async #open(): Promise<FileHandle> {
    await mkdir(dirname(this.#path), { recursive: true, mode: 0o700 });
    const file = await open(this.#path, 'a+', 0o600);
    const { size } = await file.stat();
    if (size === 0) await file.appendFile(this.#header());
    else if (!(await endsWithNewline(file, size))) await file.appendFile('\n');
    return file;
  }

  async #close(): Promise<void> {
    await this.#file?.close();
    this.#file = undefined;
  }
}

async function endsWithNewline(file: FileHandle, size: number): Promise<boolean> {
  const { buffer } = await file.read(Buffer.alloc(1), 0, 1, size - 1);
  return buffer[0] === 0x0a;
}

function encodeLine(value: unknown): string {
  const json = JSON.stringify(value);
  return `${crc32(json).toString(16).padStart(8, '0')} ${json}\n`;
}

/** The value of a line whose checksum is right. */
function decodeLine(line: string): unknown {
  const json = line.slice(9);
  if (line[8] !== ' ' || line.slice(0, 8) !== crc32(json).toString(16).padStart(8, '0')) {
    return undefined;
  }
  try {
    return JSON.parse(json) as unknown;
  } catch {
    // A checksum can be right by chance or by malice; such a line is damaged like any other.
    return undefined;
  }
}
