import { mkdir, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const HASH = /^[0-9a-f]{8,128}$/;

/** How many pictures a folder may have, and of how many bytes together. */
interface Bounds {
  readonly count: number;
  readonly bytes: number;
}

/** Small pictures by hash in one folder; beyond its bounds those not looked at longest go. */
export class PictureFolder {
  readonly #folder: string;
  readonly #most: Bounds;
  /** What is there: listed once, then counted, so that a write costs the same however many there are. */
  #held: Promise<Bounds> | undefined;

  constructor(folder: string, most: Bounds = { count: 5_000, bytes: 134_217_728 }) {
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

  async write(hash: string, picture: Uint8Array): Promise<void> {
    if (!HASH.test(hash)) return;
    try {
      await this.#opened();
      await writeFile(this.#path(hash), picture, { mode: 0o600 });
      this.#held = this.#opened().then(({ count, bytes }) => {
        return this.#trimmed({ count: count + 1, bytes: bytes + picture.byteLength });
      });
      await this.#held;
    } catch {
      // A cache that cannot be written costs another fetch, nothing else; the folder may be gone.
      this.#held = undefined;
    }
  }

  async #opened(): Promise<Bounds> {
    this.#held ??= this.#open();
    return this.#held;
  }

  async #open(): Promise<Bounds> {
    await mkdir(this.#folder, { recursive: true, mode: 0o700 });
    return sumOf(await this.#list());
  }

  async #list(): Promise<readonly Picture[]> {
    const paths = (await readdir(this.#folder)).map((name) => join(this.#folder, name));
    return Promise.all(
      paths.map(async (path) => {
        const { mtimeMs, size } = await stat(path);
        return { path, at: mtimeMs, size };
      }),
    );
  }

  /** What was written twice is counted twice, and only listed a little sooner. */
  async #trimmed(held: Bounds): Promise<Bounds> {
    if (isWithin(held, this.#most)) return held;
    const pictures = await this.#list();
    if (isWithin(sumOf(pictures), this.#most)) return sumOf(pictures);
    // A tenth more than has to, so that not every write has to look through the folder.
    const room = { count: this.#most.count * 0.9, bytes: this.#most.bytes * 0.9 };
    const newest = [...pictures].sort((left, right) => right.at - left.at);
    let kept: Bounds = { count: 0, bytes: 0 };
    for (const { size } of newest) {
      const more = { count: kept.count + 1, bytes: kept.bytes + size };
      if (!isWithin(more, room)) break;
      kept = more;
    }
    await Promise.all(newest.slice(kept.count).map(({ path }) => rm(path, { force: true })));
    return kept;
  }

  #path(hash: string): string {
    return join(this.#folder, `${hash}.png`);
  }
}

interface Picture {
  readonly path: string;
  readonly at: number;
  readonly size: number;
}

function sumOf(pictures: readonly Picture[]): Bounds {
  return { count: pictures.length, bytes: pictures.reduce((sum, { size }) => sum + size, 0) };
}

function isWithin({ count, bytes }: Bounds, most: Bounds): boolean {
  return count <= most.count && bytes <= most.bytes;
}
