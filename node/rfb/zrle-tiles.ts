import type { Area } from '../../core/rfb/client-messages.ts';
import { malformed } from '../../core/rfb/rfb-failure.ts';

/** Pixels of either side of a tile. */
const TILE = 64;
/** Bytes of a pixel within ZRLE, and in the picture that is made of it. */
const COMPACT = 3;
const PIXEL = 4;

/** What a tile may hold besides its pixels: its kind, and a palette of 127 colours. */
const TILE_HEAD = 1 + 127 * COMPACT;
/** A run of a single pixel, the longest way to say it. */
const RUN = COMPACT + 1;

/** How many bytes the tiles of an area may take, at most. */
export function mostBytes({ width, height }: Pick<Area, 'width' | 'height'>): number {
  const tiles = Math.ceil(width / TILE) * Math.ceil(height / TILE);
  return width * height * RUN + tiles * TILE_HEAD;
}

/** The pixels of an area no higher than one tile, four bytes each. Throws `RfbFailureError`. */
export function decodeTiles(
  { width, height }: Pick<Area, 'width' | 'height'>,
  tiles: TileReader,
): Uint8Array {
  const pixels = Buffer.alloc(width * height * PIXEL);
  for (let x = 0; x < width; x += TILE) {
    const tileWidth = Math.min(TILE, width - x);
    const tile = decodeTile(tiles, tileWidth, height);
    for (let row = 0; row < height; row += 1) {
      const from = row * tileWidth * PIXEL;
      tile.copy(pixels, (row * width + x) * PIXEL, from, from + tileWidth * PIXEL);
    }
  }
  return pixels;
}

function decodeTile(tiles: TileReader, width: number, height: number): Buffer {
  const kind = tiles.byte();
  const colours = Array.from({ length: kind & 0x7f }, () => tiles.pixel());
  const count = width * height;
  if (kind === 0) return fill(count, () => tiles.pixel());
  if (kind === 128) return runs(count, tiles, () => ({ pixel: tiles.pixel(), isRun: true }));
  if (kind > 129) return runs(count, tiles, () => paletteRun(tiles, colours));
  const [only] = colours;
  if (kind === 1) return fill(count, () => chosen(only));
  if (kind > 16) throw malformed(`a ZRLE tile of kind ${kind}`);
  return packed(tiles, colours, width, height);
}

function fill(count: number, next: () => number): Buffer {
  const tile = Buffer.alloc(count * PIXEL);
  for (let index = 0; index < count; index += 1) tile.writeUInt32LE(next(), index * PIXEL);
  return tile;
}

function packed(
  tiles: TileReader,
  colours: readonly number[],
  width: number,
  height: number,
): Buffer {
  const bits = colours.length <= 2 ? 1 : colours.length <= 4 ? 2 : 4;
  const tile = Buffer.alloc(width * height * PIXEL);
  for (let y = 0; y < height; y += 1) {
    let byte = 0;
    for (let x = 0; x < width; x += 1) {
      const place = (x * bits) % 8;
      if (place === 0) byte = tiles.byte();
      const index = (byte >> (8 - bits - place)) & ((1 << bits) - 1);
      tile.writeUInt32LE(chosen(colours[index]), (y * width + x) * PIXEL);
    }
  }
  return tile;
}

function paletteRun(
  tiles: TileReader,
  colours: readonly number[],
): { readonly pixel: number; readonly isRun: boolean } {
  const index = tiles.byte();
  return { pixel: chosen(colours[index & 0x7f]), isRun: index > 127 };
}

function runs(
  count: number,
  tiles: TileReader,
  next: () => { readonly pixel: number; readonly isRun: boolean },
): Buffer {
  const tile = Buffer.alloc(count * PIXEL);
  for (let index = 0; index < count;) {
    const { pixel, isRun } = next();
    const end = index + (isRun ? tiles.runLength() : 1);
    if (end > count) throw malformed('a ZRLE run beyond its tile');
    for (; index < end; index += 1) tile.writeUInt32LE(pixel, index * PIXEL);
  }
  return tile;
}

function chosen(colour: number | undefined): number {
  if (colour === undefined) throw malformed('a ZRLE colour that is not in the palette');
  return colour;
}

/** Reads what was inflated, and says so when there is too little of it. */
export class TileReader {
  #bytes: Buffer = Buffer.alloc(0);
  #place = 0;

  /** How many bytes are still to be read. */
  get left(): number {
    return this.#bytes.length - this.#place;
  }

  /** Takes more to read, after what is there. */
  add(parts: readonly Buffer[]): void {
    if (parts.length === 0) return;
    this.#bytes = Buffer.concat([this.#bytes.subarray(this.#place), ...parts]);
    this.#place = 0;
  }

  byte(): number {
    const byte = this.#bytes[this.#place];
    if (byte === undefined) throw malformed('a ZRLE rectangle that is too short');
    this.#place += 1;
    return byte;
  }

  /** Red lowest, then green and blue. */
  pixel(): number {
    if (this.#place + COMPACT > this.#bytes.length) {
      throw malformed('a ZRLE rectangle that is too short');
    }
    const value = this.#bytes.readUIntLE(this.#place, COMPACT);
    this.#place += COMPACT;
    return value;
  }

  runLength(): number {
    let length = 1;
    for (;;) {
      const byte = this.byte();
      length += byte;
      if (byte !== 255) return length;
    }
  }
}
