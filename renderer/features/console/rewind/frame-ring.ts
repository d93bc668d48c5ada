import type { BudgetMember } from '../../../state/shared-budget.ts';
import { tilesOf, type PictureTiles } from '../picture-tiles.ts';
import { joined, type PastDisk, type Pieces } from './past-disk.ts';
import { cut, paste, squeeze, unsqueeze, type Picture } from './squeeze.ts';

/** A moment of a screen: the squares that changed, or the whole of it. */
interface Moment {
  readonly at: number;
  readonly squares: readonly number[];
  /** Of the squeezed squares, in bytes. */
  readonly length: number;
}

/** A whole picture and what changed after it, so that the oldest can be dropped by itself. */
interface Stretch {
  readonly width: number;
  readonly height: number;
  readonly moments: Moment[];
  /** The squeezed squares of each moment, while they are in memory. */
  data: Uint8Array<ArrayBuffer>[];
  /** What it takes of memory. */
  bytes: number;
  /** Where it is on the disk, once it went there; nowhere if there was no room. */
  away?: Promise<Pieces | undefined>;
}

export interface RingLimits {
  /** How far back it goes, in milliseconds. */
  readonly lengthMs: number;
  /** Of the squeezed pictures in memory. */
  readonly bytes: number;
  /** Of those on the disk, where there is one. */
  readonly diskBytes: number;
}

/** After so many changes comes a whole picture, so that none takes long to be put together. */
const MOMENTS_IN_STRETCH = 60;
/** At least, where more than one picture fits in. */
const STRETCHES_IN_MEMORY = 4;
/** A disk that is slower than the screen is not waited for: what comes too fast is dropped. */
const MOST_LEAVING = 2;
/** Larger screens, more than 4K, are not kept. */
const MOST_PIXELS = 8_847_360;

/** The last pictures of a screen, as far as they differ, in bounded memory, and on a disk if it has one. */
export class FrameRing implements BudgetMember {
  readonly #limits: RingLimits;
  #stretches: Stretch[] = [];
  #last: PictureTiles | undefined;
  #isBusy = false;
  #disk: PastDisk | undefined;
  #leaving = 0;

  constructor(limits: RingLimits) {
    this.#limits = limits;
  }

  get bytes(): number {
    return this.#stretches.reduce((sum, { bytes }) => sum + bytes, 0);
  }

  /** The newest stretch stays, for what comes next builds on it. */
  get oldestAt(): number {
    const [oldest, next] = this.#stretches.filter(({ away }) => !away);
    return (next && oldest?.moments[0]?.at) ?? Number.POSITIVE_INFINITY;
  }

  /** Has what memory has no room for kept there from now on; without one, what was there is forgotten. */
  set disk(disk: PastDisk | undefined) {
    if (disk === this.#disk) return;
    for (const stretch of this.#stretches.filter(({ away }) => away !== undefined))
      this.#remove(stretch);
    this.#disk = disk;
  }

  /** The moments that are kept, the oldest first; times are milliseconds since 1970. */
  get moments(): readonly { readonly at: number }[] {
    return this.#stretches.flatMap(({ moments }) => moments);
  }

  /** Keeps a picture where it differs from the last; one that comes while one is kept is left out. */
  async note(picture: Picture, at: number): Promise<void> {
    const { width, height, pixels } = picture;
    if (this.#isBusy || width * height === 0 || width * height > MOST_PIXELS) return;
    const tiles = tilesOf(pixels, width, height);
    const changed = this.#changed(tiles);
    if (changed.length === 0) return;
    this.#isBusy = true;
    try {
      const data = await squeeze(cut(picture, changed));
      this.#keep({ at, squares: changed, length: data.length }, data, tiles);
      this.#last = tiles;
    } finally {
      this.#isBusy = false;
    }
  }

  /** The whole picture of a moment, by its place among `moments`. */
  async picture(index: number): Promise<Picture | undefined> {
    let place = index;
    for (const stretch of this.#stretches) {
      const { width, height, moments } = stretch;
      if (place >= moments.length) {
        place -= moments.length;
        continue;
      }
      const data = await this.#dataOf(stretch);
      if (!data) return undefined;
      const picture = { width, height, pixels: new Uint8ClampedArray(width * height * 4) };
      for (const [which, { squares }] of moments.slice(0, place + 1).entries()) {
        paste(picture, squares, await unsqueeze(data[which] ?? new Uint8Array()));
      }
      return picture;
    }
    return undefined;
  }

  /** Makes room in memory: the oldest goes to the disk, or is forgotten. */
  dropOldest(): void {
    const oldest = this.#stretches.findIndex(({ away }) => !away);
    const stretch = this.#stretches[oldest];
    if (!stretch) return;
    const isNewest = oldest === this.#stretches.length - 1;
    if (this.#disk && !isNewest && this.#leaving < MOST_LEAVING) this.#send(stretch, this.#disk);
    // Nothing older stays behind a gap.
    else for (const one of this.#stretches.slice(0, oldest + 1)) this.#remove(one);
  }

  #send(stretch: Stretch, disk: PastDisk): void {
    this.#leaving += 1;
    const bytes = joined(stretch.data);
    stretch.data = [];
    stretch.bytes = 0;
    stretch.away = disk.keep(bytes).then((pieces) => {
      this.#leaving -= 1;
      if (!pieces) this.#remove(stretch);
      return pieces;
    });
  }

  #remove(stretch: Stretch): void {
    this.#stretches = this.#stretches.filter((one) => one !== stretch);
    if (this.#stretches.length === 0) this.#last = undefined;
    const disk = this.#disk;
    void stretch.away?.then((pieces) => pieces && disk?.forget(pieces));
  }

  /** The squeezed squares of its moments, from wherever they are. */
  async #dataOf({ moments, data, away }: Stretch): Promise<Stretch['data'] | undefined> {
    if (!away) return data;
    const pieces = await away;
    const bytes = pieces && (await this.#disk?.read(pieces));
    if (!bytes) return undefined;
    let place = 0;
    return moments.map(({ length }) => bytes.slice(place, (place += length)));
  }

  /** The squares that differ from the last picture; all of them where a stretch begins. */
  #changed(tiles: PictureTiles): readonly number[] {
    const last = this.#last;
    const all = Array.from(tiles.hashes.keys());
    const isSame = last?.width === tiles.width && last.height === tiles.height;
    if (!isSame) return all;
    const changed = all.filter((square) => tiles.hashes[square] !== last.hashes[square]);
    return this.#isFull(this.#stretches.at(-1)) && changed.length > 0 ? all : changed;
  }

  /** Only whole stretches leave memory, so that one must not take all of it. */
  #isFull(stretch: Stretch | undefined): boolean {
    if (!stretch) return false;
    const isLong = stretch.moments.length >= MOMENTS_IN_STRETCH;
    return isLong || stretch.bytes > this.#limits.bytes / STRETCHES_IN_MEMORY;
  }

  #keep(
    moment: Moment,
    data: Uint8Array<ArrayBuffer>,
    { width, height, hashes }: PictureTiles,
  ): void {
    const isWhole = moment.squares.length === hashes.length;
    if (isWhole) this.#stretches.push({ width, height, moments: [], data: [], bytes: 0 });
    const stretch = this.#stretches.at(-1);
    if (!stretch) return;
    stretch.moments.push(moment);
    stretch.data.push(data);
    // The numbers of squares take memory as well.
    stretch.bytes += moment.length + moment.squares.length * 8;
    this.#bound(moment.at);
  }

  #bound(now: number): void {
    for (const [place, stretch] of [...this.#stretches].entries()) {
      const next = this.#stretches[place + 1]?.moments[0];
      if (next !== undefined && next.at < now - this.#limits.lengthMs) this.#remove(stretch);
      else break;
    }
    while (this.#stretches.length > 0 && this.bytes > this.#limits.bytes) this.dropOldest();
    const [oldest] = this.#stretches;
    if (oldest?.away && this.#bytesAway() > this.#limits.diskBytes) this.#remove(oldest);
  }

  #bytesAway(): number {
    const moments = this.#stretches.flatMap(({ away, moments: all }) => (away ? all : []));
    return moments.reduce((sum, { length }) => sum + length, 0);
  }
}
