import type { BudgetMember } from '../../../state/shared-budget.ts';
import { tilesOf, type PictureTiles } from '../picture-tiles.ts';
import { cut, paste, squeeze, unsqueeze, type Picture } from './squeeze.ts';

/** A moment of a screen: the squares that changed, or the whole of it. */
interface Moment {
  readonly at: number;
  readonly squares: readonly number[];
  readonly data: Uint8Array<ArrayBuffer>;
}

/** A whole picture and what changed after it, so that the oldest can be dropped by itself. */
interface Stretch {
  readonly width: number;
  readonly height: number;
  readonly moments: Moment[];
  bytes: number;
}

export interface RingLimits {
  /** How far back it goes, in milliseconds. */
  readonly lengthMs: number;
  /** Of the squeezed pictures. */
  readonly bytes: number;
}

/** After so many changes comes a whole picture, so that none takes long to be put together. */
const MOMENTS_IN_STRETCH = 60;
/** Larger screens, more than 4K, are not kept. */
const MOST_PIXELS = 8_847_360;

/** The last pictures of a screen, as far as they differ, in bounded memory. */
export class FrameRing implements BudgetMember {
  readonly #limits: RingLimits;
  #stretches: Stretch[] = [];
  #last: PictureTiles | undefined;
  #isBusy = false;

  constructor(limits: RingLimits) {
    this.#limits = limits;
  }

  get bytes(): number {
    return this.#stretches.reduce((sum, { bytes }) => sum + bytes, 0);
  }

  /** The newest stretch stays, for what comes next builds on it. */
  get oldestAt(): number {
    const [oldest, next] = this.#stretches;
    return (next && oldest?.moments[0]?.at) ?? Number.POSITIVE_INFINITY;
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
      this.#keep({ at, squares: changed, data }, tiles);
      this.#last = tiles;
    } finally {
      this.#isBusy = false;
    }
  }

  /** The whole picture of a moment, by its place among `moments`. */
  async picture(index: number): Promise<Picture | undefined> {
    let place = index;
    for (const { width, height, moments } of this.#stretches) {
      if (place >= moments.length) {
        place -= moments.length;
        continue;
      }
      const picture = { width, height, pixels: new Uint8ClampedArray(width * height * 4) };
      for (const { squares, data } of moments.slice(0, place + 1)) {
        paste(picture, squares, await unsqueeze(data));
      }
      return picture;
    }
    return undefined;
  }

  dropOldest(): void {
    this.#stretches.shift();
    if (this.#stretches.length === 0) this.#last = undefined;
  }

  /** The squares that differ from the last picture; all of them where a stretch begins. */
  #changed(tiles: PictureTiles): readonly number[] {
    const last = this.#last;
    const all = Array.from(tiles.hashes.keys());
    const isSame = last?.width === tiles.width && last.height === tiles.height;
    if (!isSame) return all;
    const changed = all.filter((square) => tiles.hashes[square] !== last.hashes[square]);
    const isFull = (this.#stretches.at(-1)?.moments.length ?? 0) >= MOMENTS_IN_STRETCH;
    return isFull && changed.length > 0 ? all : changed;
  }

  #keep(moment: Moment, { width, height, hashes }: PictureTiles): void {
    const isWhole = moment.squares.length === hashes.length;
    if (isWhole) this.#stretches.push({ width, height, moments: [], bytes: 0 });
    const stretch = this.#stretches.at(-1);
    if (!stretch) return;
    stretch.moments.push(moment);
    // The numbers of squares take memory as well.
    stretch.bytes += moment.data.length + moment.squares.length * 8;
    this.#bound(moment.at);
  }

  #bound(now: number): void {
    const isOver = (): boolean => {
      const next = this.#stretches[1]?.moments[0];
      const isOld = next !== undefined && next.at < now - this.#limits.lengthMs;
      return isOld || this.bytes > this.#limits.bytes;
    };
    while (this.#stretches.length > 0 && isOver()) this.dropOldest();
  }
}
