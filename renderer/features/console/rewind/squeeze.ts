import { SIDE } from '../picture-tiles.ts';

/** Four bytes a pixel, row by row. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly pixels: Uint8ClampedArray<ArrayBuffer>;
}

/** Deflates bytes, or inflates them again (RFC 1951). */
export async function squeeze(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  return through(bytes, new CompressionStream('deflate-raw'));
}

export async function unsqueeze(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  return through(bytes, new DecompressionStream('deflate-raw'));
}

async function through(
  bytes: Uint8Array<ArrayBuffer>,
  stream: CompressionStream | DecompressionStream,
): Promise<Uint8Array<ArrayBuffer>> {
  const squeezed = new Blob([bytes]).stream().pipeThrough(stream);
  return new Uint8Array(await new Response(squeezed).arrayBuffer());
}

/** The pixels of some squares of a picture, one after the other. */
export function cut(picture: Picture, squares: readonly number[]): Uint8Array<ArrayBuffer> {
  const parts = squares.flatMap((square) => rowsOf(picture, square));
  const bytes = new Uint8Array(parts.reduce((sum, [from, to]) => sum + to - from, 0));
  let place = 0;
  for (const [from, to] of parts) {
    bytes.set(picture.pixels.subarray(from, to), place);
    place += to - from;
  }
  return bytes;
}

/** Puts the pixels of squares back into a picture. */
export function paste(picture: Picture, squares: readonly number[], bytes: Uint8Array): void {
  let place = 0;
  for (const [from, to] of squares.flatMap((square) => rowsOf(picture, square))) {
    picture.pixels.set(bytes.subarray(place, place + to - from), from);
    place += to - from;
  }
}

/** Where the rows of a square begin and end among the bytes of a picture. */
function rowsOf(
  { width, height }: Picture,
  square: number,
): readonly (readonly [number, number])[] {
  const columns = Math.ceil(width / SIDE);
  const left = (square % columns) * SIDE;
  const top = Math.floor(square / columns) * SIDE;
  const right = Math.min(width, left + SIDE);
  const rows = Math.min(height, top + SIDE) - top;
  return Array.from({ length: rows }, (_none, row) => {
    const start = (top + row) * width;
    return [(start + left) * 4, (start + right) * 4] as const;
  });
}
