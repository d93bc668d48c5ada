import { closeSync, fstatSync, mkdirSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';

export interface RotatingFileOptions {
  readonly path: string;
  /** Size in bytes past which a new file is begun; 0 never begins one. */
  readonly mostBytes: number;
  /** How many old files are kept, as `.1`, `.2` and so on. */
  readonly keep: number;
}

/**
 * A log file that is set aside when it has grown, as Python's RotatingFileHandler does. What it is used
 * for goes on whatever the disk says: lines that cannot be written are left out, and then counted.
 */
export class RotatingFile {
  readonly #options: RotatingFileOptions;
  /** Undefined once it could not be opened anew. */
  #file: number | undefined;
  #size = 0;
  #missed = 0;

  /** Throws when the file cannot be opened. */
  constructor(options: RotatingFileOptions) {
    this.#options = options;
    mkdirSync(dirname(options.path), { recursive: true });
    this.#opened();
  }

  /** Written at once, so that the last lines before a crash are in the file. */
  write(line: string): void {
    try {
      if (this.#missed > 0)
        this.#append(`--- lines that could not be written here: ${this.#missed} ---`);
      this.#missed = 0;
      this.#append(line);
    } catch {
      // A full disk, mostly: who writes a line has other things to do than to end over it.
      this.#missed += 1;
    }
  }

  close(): void {
    if (this.#file !== undefined) closeSync(this.#file);
  }

  #append(line: string): void {
    const bytes = Buffer.from(`${line}\n`);
    const { mostBytes } = this.#options;
    if (mostBytes > 0 && this.#size > 0 && this.#size + bytes.length > mostBytes) this.#rotate();
    const file = this.#opened();
    this.#size += writeSync(file, bytes);
  }

  #opened(): number {
    if (this.#file !== undefined) return this.#file;
    const file = openSync(this.#options.path, 'a', 0o640);
    this.#file = file;
    this.#size = fstatSync(file).size;
    return file;
  }

  #rotate(): void {
    const { path, keep } = this.#options;
    this.close();
    // Its number may be that of another file from here on.
    this.#file = undefined;
    this.#size = 0;
    try {
      for (let number = keep - 1; number >= 1; number -= 1) {
        move(`${path}.${number}`, `${path}.${number + 1}`);
      }
      if (keep > 0) move(path, `${path}.1`);
      else rmSync(path, { force: true });
    } catch {
      // What cannot be set aside is written on.
    }
  }
}

function move(from: string, to: string): void {
  try {
    renameSync(from, to);
  } catch (cause) {
    // There are not yet as many old files as are kept.
    if (!(cause instanceof Error && 'code' in cause && cause.code === 'ENOENT')) throw cause;
  }
}
