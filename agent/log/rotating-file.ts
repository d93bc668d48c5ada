import { closeSync, fstatSync, mkdirSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';

export interface RotatingFileOptions {
  readonly path: string;
  /** Size in bytes past which a new file is begun; 0 never begins one. */
  readonly mostBytes: number;
  /** How many old files are kept, as `.1`, `.2` and so on. */
  readonly keep: number;
}

/** A log file that is set aside when it has grown, as Python's RotatingFileHandler does. */
export class RotatingFile {
  readonly #options: RotatingFileOptions;
  #file: number;
  #size: number;

  /** Throws when the file cannot be opened. */
  constructor(options: RotatingFileOptions) {
    this.#options = options;
    mkdirSync(dirname(options.path), { recursive: true });
    this.#file = openSync(options.path, 'a', 0o640);
    this.#size = fstatSync(this.#file).size;
  }

  /** Written at once, so that the last lines before a crash are in the file. */
  write(line: string): void {
    const bytes = Buffer.from(`${line}\n`);
    const { mostBytes } = this.#options;
    if (mostBytes > 0 && this.#size > 0 && this.#size + bytes.length > mostBytes) this.#rotate();
    this.#size += writeSync(this.#file, bytes);
  }

  close(): void {
    closeSync(this.#file);
  }

  #rotate(): void {
    const { path, keep } = this.#options;
    closeSync(this.#file);
    for (let number = keep - 1; number >= 1; number -= 1) {
      move(`${path}.${number}`, `${path}.${number + 1}`);
    }
    if (keep > 0) move(path, `${path}.1`);
    else rmSync(path, { force: true });
    this.#file = openSync(path, 'a', 0o640);
    this.#size = fstatSync(this.#file).size;
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
