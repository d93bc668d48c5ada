/** A file that is nowhere but in memory. */
export interface MemoryFile {
  readonly inode: string;
  readonly size: number;
  /** The bytes from one place to another. */
  slice(from: number, to: number): Buffer;
}

/** Of each of two files, for there are hundreds of hosts in one process: some two thousand lines in all. */
const MOST_BYTES = 128 * 1024;

class GrowingFile implements MemoryFile {
  readonly inode: string;
  #bytes = Buffer.alloc(4096);
  #size = 0;

  constructor(inode: number) {
    this.inode = String(inode);
  }

  get size(): number {
    return this.#size;
  }

  append(added: Buffer): void {
    const needed = this.#size + added.length;
    if (needed > this.#bytes.length) {
      const grown = Buffer.alloc(Math.max(needed, 2 * this.#bytes.length));
      this.#bytes.copy(grown, 0, 0, this.#size);
      this.#bytes = grown;
    }
    added.copy(this.#bytes, this.#size);
    this.#size = needed;
  }

  slice(from: number, to: number): Buffer {
    return Buffer.from(this.#bytes.subarray(from, Math.min(to, this.#size)));
  }
}

/** An agent's log in memory, rotated once it is large, as the agent's own is. */
export class MemoryLog {
  #inodes = 1000;
  #live = new GrowingFile(++this.#inodes);
  #rotated: GrowingFile | undefined;
  readonly #listeners = new Set<() => void>();

  /** The oldest first, the one that is written last. */
  get files(): readonly MemoryFile[] {
    return this.#rotated ? [this.#rotated, this.#live] : [this.#live];
  }

  write(line: string): void {
    const added = Buffer.from(`${line}\n`);
    if (this.#live.size > 0 && this.#live.size + added.length > MOST_BYTES) {
      this.#rotated = this.#live;
      this.#live = new GrowingFile(++this.#inodes);
    }
    this.#live.append(added);
    for (const listener of this.#listeners) listener();
  }

  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}
