import { bytesPerPixel, type PixelFormat } from '../../../../core/rfb/pixel-format.ts';
import { CELL, type GreyPicture } from './text-picture.ts';
import { SCREEN_SIZE, type ScreenContent } from './text-screen.ts';

/** The rows of a text screen that look different now; all where nothing was seen before. */
export function changedRows(
  seen: ScreenContent | undefined,
  now: ScreenContent,
): readonly number[] {
  const rows = Array.from({ length: SCREEN_SIZE.rows }, (_, row) => row);
  if (seen === undefined) return rows;
  const hasMoved = seen.cursor.row !== now.cursor.row || seen.cursor.column !== now.cursor.column;
  return rows.filter((row) => {
    const hadCursor = hasMoved && (row === seen.cursor.row || row === now.cursor.row);
    return hadCursor || (seen.lines[row] ?? '') !== (now.lines[row] ?? '');
  });
}

/** The pixels of one row of characters, each as a viewer wants it. */
export function rowPixels(picture: GreyPicture, row: number, format: PixelFormat): Uint8Array {
  const start = row * CELL.height * picture.width;
  const grey = picture.data.subarray(start, start + CELL.height * picture.width);
  const size = bytesPerPixel(format);
  const pixels = Buffer.alloc(grey.length * size);
  // There are few shades, so each is made once.
  const shades = new Map<number, Uint8Array>();
  for (const [index, level] of grey.entries()) {
    const shade = shades.get(level) ?? pixelOf(level, format);
    shades.set(level, shade);
    pixels.set(shade, index * size);
  }
  return pixels;
}

function pixelOf(level: number, format: PixelFormat): Uint8Array {
  const { max, shift, isBigEndian, isTrueColour } = format;
  const part = (most: number): number => Math.round((level * most) / 255);
  const value = isTrueColour
    ? ((part(max.red) << shift.red) |
        (part(max.green) << shift.green) |
        (part(max.blue) << shift.blue)) >>>
      0
    : level;
  const size = bytesPerPixel(format);
  const bytes = Buffer.alloc(size);
  if (isBigEndian) bytes.writeUIntBE(value % 2 ** (8 * size), 0, size);
  else bytes.writeUIntLE(value % 2 ** (8 * size), 0, size);
  return bytes;
}
