import { mkdir, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const HASH = /^[0-9a-f]{8,128}$/;

/** Small pictures by hash in one folder; beyond `most` of them those not looked at longest go. */
export class PictureFolder {
  readonly #folder: string;
  readonly #most: number;
  /** How many are there: listed once, then counted, so that a write costs the same however many there are. */
  #count: Promise<number> | undefined;

  constructor(folder: string, most = 5_000) {
    this.#folder = folder;
    this.#most = most;
  }

  async read(hash: string): Promise<Uint8Array | undefined> {
    if (!HASH.test(hash)) return undefined;
    const path = this.#path(hash);
    try {
      const bytes = await readFile(path);
      const now = new Date();
      await utimes(path, now, now);
      return bytes;
    } catch {
      // Not there, or not readable: a picture is only a cache and is fetched again.
      return undefined;
    }
  }

  async write(hash: string, png: Uint8Array): Promise<void> {
    if (!HASH.test(hash)) return;
    try {
      await this.#opened();
      await writeFile(this.#path(hash), png, { mode: 0o600 });
      this.#count = this.#opened().then((count) => this.#trimmed(count + 1));
      await this.#count;
    } catch {
      // A cache that cannot be written costs another fetch, nothing else; the folder may be gone.
      this.#count = undefined;
    }
  }

  async #opened(): Promise<number> {
    this.#count ??= this.#open();
    return this.#count;
  }

  async #open(): Promise<number> {
    await mkdir(this.#folder, { recursive: true, mode: 0o700 });
    return (await readdir(this.#folder)).length;
  }

  /** What was written twice is counted twice, and only listed a little sooner. */
  async #trimmed(count: number): Promise<number> {
    if (count <= this.#most) return count;
    const names = await readdir(this.#folder);
    if (names.length <= this.#most) return names.length;
    const paths = names.map((name) => join(this.#folder, name));
    const dated = await Promise.all(
      paths.map(async (path) => ({ path, at: (await stat(path)).mtimeMs })),
    );
    dated.sort((left, right) => left.at - right.at);
    // A tenth at once, so that not every write has to look through the folder.
    const surplus = dated.splice(0, names.length - Math.floor(this.#most * 0.9));
    await Promise.all(surplus.map(({ path }) => rm(path, { force: true })));
    return dated.length;
  }

  #path(hash: string): string {
    return join(this.#folder, `${hash}.png`);
  }
}
