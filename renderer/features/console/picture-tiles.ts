/** A picture as hashes of its squares: two pictures of one size are compared by them. */
export interface PictureTiles {
  readonly width: number;
  readonly height: number;
  readonly hashes: Uint32Array;
}

/** Pixels of a square's side: about two letters of a text screen. */
export const SIDE = 16;
/** Names in prompts differ between machines; what is more than this share of a picture is no name. */
const ALIKE = 0.02;

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

/** The share of squares in which two pictures differ, 0 to 1; 1 for pictures of different sizes. */
export function difference(one: PictureTiles, other: PictureTiles): number {
  if (one.width !== other.width || one.height !== other.height) return 1;
  const { hashes } = one;
  let count = 0;
  for (let at = 0; at < hashes.length; at += 1) {
    if (hashes[at] !== other.hashes[at]) count += 1;
  }
  return hashes.length === 0 ? 0 : count / hashes.length;
}

/**
 * Of pictures that should look alike, those that do not: by how much they differ, 0 to 1, from the
 * one that is nearest to all others of its size. A picture that has no other of its size is not
 * judged.
 */
export function divergent<Key>(pictures: ReadonlyMap<Key, PictureTiles>): ReadonlyMap<Key, number> {
  const bySize = new Map<string, [Key, PictureTiles][]>();
  for (const [key, picture] of pictures) {
    const size = `${picture.width}×${picture.height}`;
    bySize.set(size, [...(bySize.get(size) ?? []), [key, picture]]);
  }
  return new Map([...bySize.values()].flatMap(apart));
}

function apart<Key>(pictures: readonly (readonly [Key, PictureTiles])[]): readonly [Key, number][] {
  const farFromAll = ([, picture]: readonly [Key, PictureTiles]): number =>
    pictures.reduce((sum, [, other]) => sum + difference(picture, other), 0);
  const [first, ...others] = pictures.map((one) => ({ one, far: farFromAll(one) }));
  if (!first || others.length === 0) return [];
  const middle = others.reduce((best, next) => (next.far < best.far ? next : best), first).one[1];
  return pictures
    .map(([key, picture]): [Key, number] => [key, difference(picture, middle)])
    .filter(([, share]) => share > ALIKE);
}
