import { randomBytes } from 'node:crypto';
import { readdir, rename, rm } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { ok, type Result } from '../../core/lib/result.ts';
import { LogFile, type LogContents } from './log-file.ts';
import { detailOf } from './snapshot-file.ts';
import type { StorageFault, StoredFormat } from './stored-format.ts';

/** Segments of this very process. What else bears its number was left by an earlier one. */
const OWN = new Set<string>();

/**
 * A log that several processes keep at once. Each appends to a segment of its own, named after host
 * and process; one that reads takes over the segments of processes that are gone, by renaming them,
 * which only one can. What runs is never touched. A crash at any moment loses nothing: at worst an
 * entry is in two segments, so who reads lets what is settled win.
 */
export class SharedLog<T> {
  readonly #folder: string;
  readonly #name: string;
  readonly #format: StoredFormat<T>;
  readonly #segment: string;
  readonly #own: LogFile<T>;

  /** `folder` and `name` as of a log of one process: `name.log`, which is taken over as well. */
  constructor(folder: string, name: string, format: StoredFormat<T>) {
    this.#folder = folder;
    this.#name = name;
    this.#format = format;
    this.#segment = segmentName(name);
    OWN.add(this.#segment);
    this.#own = new LogFile(this.#path(this.#segment), format);
  }

  /** What processes that are gone have left. */
  async load(): Promise<Result<LogContents<T>, StorageFault>> {
    const left: { readonly segment: string; readonly contents: LogContents<T> }[] = [];
    for (const segment of await this.#abandoned()) {
      // Read before it is taken: one of a newer release stays where it is.
      const contents = await new LogFile(this.#path(segment), this.#format).load();
      if (!contents.ok) return contents;
      left.push({ segment, contents: contents.value });
    }
    const taken: typeof left = [];
    for (const one of left) if (await this.#take(one.segment)) taken.push(one);
    const entries = taken.flatMap(({ contents }) => contents.entries);
    const damaged = taken.reduce((sum, { contents }) => sum + contents.damaged, 0);
    if (taken.length > 0) {
      const before = await this.#own.load();
      if (!before.ok) return before;
      const kept = await this.#own.replace([...before.value.entries, ...entries]);
      if (!kept.ok) return kept;
      await Promise.all(taken.map(({ segment }) => rm(this.#path(this.#takenName(segment)))));
    }
    return ok({ entries, damaged });
  }

  append(entry: T): Promise<Result<undefined, StorageFault>> {
    return this.#own.append(entry);
  }

  replace(entries: readonly T[]): Promise<Result<undefined, StorageFault>> {
    return this.#own.replace(entries);
  }

  close(): Promise<void> {
    return this.#own.close();
  }

  /** Oldest name first, so that the order does not depend on the file system. */
  async #abandoned(): Promise<readonly string[]> {
    // Without the folder there is nothing to take over.
    const names = await readdir(this.#folder).catch((): string[] => []);
    return names.filter((one) => this.#isSegment(one) && !isAlive(one)).sort();
  }

  #isSegment(file: string): boolean {
    return (
      file === `${this.#name}.log` || (file.startsWith(`${this.#name}@`) && file.endsWith('.log'))
    );
  }

  /** False: another process was faster. */
  async #take(segment: string): Promise<boolean> {
    try {
      await rename(this.#path(segment), this.#path(this.#takenName(segment)));
      return true;
    } catch (cause) {
      if (detailOf(cause).includes('ENOENT')) return false;
      throw cause;
    }
  }

  /** Named after this process, so that whoever comes after a crash finds it again. */
  #takenName(segment: string): string {
    const origin = Buffer.from(segment).toString('base64url').slice(-24);
    const taken = `${this.#segment.slice(0, -'.log'.length)}+${origin}.log`;
    OWN.add(taken);
    return taken;
  }

  #path(segment: string): string {
    return join(this.#folder, segment);
  }
}

/** `name@host.process.random.log`. */
function segmentName(name: string): string {
  const nonce = randomBytes(4).toString('hex');
  return `${name}@${hostText()}.${process.pid}.${nonce}.log`;
}

function hostText(): string {
  return hostname().replaceAll(/[^A-Za-z0-9-]/gu, '_');
}

/** Whether the process that a segment belongs to runs; of another host nobody here can tell. */
function isAlive(segment: string): boolean {
  if (OWN.has(segment)) return true;
  const match = /@([^@]*?)\.(\d+)\.[0-9a-f]+(?:\+[\w-]*)?\.log$/u.exec(segment);
  if (!match) return false;
  const [, host, text] = match;
  if (host !== hostText()) return true;
  const pid = Number(text);
  return pid !== process.pid && isRunning(pid);
}

function isRunning(pid: number): boolean {
  try {
    // Signal 0 tests whether there is somebody to send one to.
    process.kill(pid, 0);
    return true;
  } catch (cause) {
    return !(cause instanceof Error && 'code' in cause && cause.code === 'ESRCH');
  }
}
