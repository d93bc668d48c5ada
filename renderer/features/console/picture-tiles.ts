/** A picture as hashes of its squares: by them is known which have changed. */
export interface PictureTiles {
  readonly width: number;
  readonly height: number;
  readonly hashes: Uint32Array;
}

/** Pixels of a square's side: about two letters of a text screen. */
export const SIDE = 16;

/** The squares of a picture, four bytes a pixel row by row, by their FNV-1a hashes of 32 bits. */
export function tilesOf(pixels: Uint8ClampedArray, width: number, height: number): PictureTiles {
  const words = new Uint32Array(pixels.buffer, pixels.byteOffset, width * height);
  const columns = Math.ceil(width / SIDE);
  const hashes = new Uint32Array(columns * Math.ceil(height / SIDE)).fill(0x811c9dc5);
  for (let y = 0; y < height; y += 1) {
    const first = Math.floor(y / SIDE) * columns;
    for (let x = 0; x < width; x += 1) {
      const tile = first + Math.floor(x / SIDE);
      hashes[tile] = Math.imul((hashes[tile] ?? 0) ^ (words[y * width + x] ?? 0), 0x01000193);
    }
  }
  return { width, height, hashes };
}
