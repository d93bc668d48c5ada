import { randomUUID } from 'node:crypto';
import { close, mkdirSync, openSync, readdirSync, readSync, unlinkSync, write } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';

const writeAt = promisify(write);
const closeFile = promisify(close);

/** Bytes on disk that nobody but this process reads, and that are gone with it. */
export class SpillFile {
  readonly #path: string;
  readonly #file: number;
  #held: Buffer[] = [];
  #heldBytes = 0;
  #written = 0;
  #writing: Promise<void> | undefined;
  #isUnlinked = false;
  #isClosed = false;

  /** Throws when the folder takes no file. */
  constructor(folder: string) {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    this.#path = path.join(folder, `${randomUUID()}.lines`);
    this.#file = openSync(this.#path, 'wx+', 0o600);
    this.#unlink();
  }

  /** What is in memory still, in bytes. */
  get heldBytes(): number {
    return this.#heldBytes;
  }

  get size(): number {
    return this.#written + this.#heldBytes;
  }

  append(bytes: Buffer): void {
    this.#held.push(bytes);
    this.#heldBytes += bytes.length;
  }

  /** Resolves once all that was appended is in the file. Rejects when the disk takes no more. */
  async flush(): Promise<void> {
    // Once it is closed its number may be that of another file.
    while (this.#heldBytes > 0 && !this.#isClosed) {
      this.#writing ??= this.#write().finally(() => (this.#writing = undefined));
      await this.#writing;
    }
  }

  /**
   * Reads at once, since what was written lately is in memory still: through the queue of file
   * operations a search would take twice as long.
   */
  async read(from: number, length: number): Promise<Buffer> {
    await this.flush();
    if (this.#isClosed) throw new Error('A file of log lines is closed');
    const bytes = Buffer.allocUnsafe(length);
    let done = 0;
    while (done < length) {
      const count = readSync(this.#file, bytes, done, length - done, from + done);
      if (count === 0) throw new Error('A file of log lines is shorter than it was');
      done += count;
    }
    return bytes;
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#writing?.catch(() => undefined);
    this.#held = [];
    this.#heldBytes = 0;
    await closeFile(this.#file);
    if (!this.#isUnlinked) this.#unlink();
  }

  async #write(): Promise<void> {
    const bytes = Buffer.concat(this.#held);
    let done = 0;
    while (done < bytes.length) {
      const { bytesWritten } = await writeAt(
        this.#file,
        bytes,
        done,
        bytes.length - done,
        this.#written + done,
      );
      done += bytesWritten;
    }
    this.#written += bytes.length;
    this.#heldBytes -= bytes.length;
    // What was appended meanwhile stays.
    let left = bytes.length;
    while (left > 0) left -= this.#held.shift()?.length ?? left;
  }

  /** Without a name nobody else can open it, and it goes with the process, however that ends. */
  #unlink(): void {
    try {
      unlinkSync(this.#path);
      this.#isUnlinked = true;
    } catch {
      // Windows keeps the name of an open file: it is removed when it is closed, or by `sweep`.
    }
  }
}
/** Removes what a process left behind that could not remove it while it was open. */
export function sweepSpillFiles(folder: string): void {
  for (const name of namesIn(folder)) {
    try {
      unlinkSync(path.join(folder, name));
    } catch {
      // Another process has it open still.
    }
  }
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder).filter((name) => name.endsWith('.lines'));
  } catch {
    return [];
  }
}
