import { closeSync, openSync, readSync } from 'node:fs';

/** What most of them fit in, in bytes. */
const FIRST_ROOM = 8192;

/**
 * A file of /proc or /sys. The kernel writes it anew from memory whenever it is read from its start
 * (proc(5)), so that it stays open between two looks, and nothing is waited for.
 */
export class KernelFile {
  readonly #path: string;
  #file: number | undefined;
  #room = Buffer.allocUnsafe(FIRST_ROOM);

  constructor(path: string) {
    this.#path = path;
  }

  /** All of it as it is now; throws where it cannot be opened or read, and opens it anew the next time. */
  text(): string {
    try {
      this.#file ??= openSync(this.#path, 'r');
      return this.#read(this.#file);
    } catch (cause) {
      this.close();
      throw cause;
    }
  }

  close(): void {
    const file = this.#file;
    this.#file = undefined;
    if (file !== undefined) closeSync(file);
  }

  /** A read may end before the file does, between two of its lines. */
  #read(file: number): string {
    let length = 0;
    for (;;) {
      if (length === this.#room.length) this.#grow();
      const count = readSync(file, this.#room, length, this.#room.length - length, length);
      if (count === 0) return this.#room.toString('utf8', 0, length);
      length += count;
    }
  }

  #grow(): void {
    const before = this.#room;
    this.#room = Buffer.allocUnsafe(2 * before.length);
    before.copy(this.#room);
  }
}
