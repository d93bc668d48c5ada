import { CELL, drawText } from '../../agent/hypervisor/simulated/console/text-picture.ts';
import { SCREEN_SIZE } from '../../agent/hypervisor/simulated/console/text-screen.ts';

/** A picture with so many bytes a pixel, of which the first is looked at. */
export interface ReadPicture {
  readonly width: number;
  readonly data: ArrayLike<number>;
  readonly channels: number;
}

const KNOWN = `${String.fromCharCode(...Array.from({ length: 95 }, (_none, code) => code + 32))}éèêàçùäöüñ€£§°ß`;

/** What stands on the text screen of a guest of the embedded platform, cell by cell. */
export function readTextScreen(picture: ReadPicture): string {
  const drawn = drawText({
    lines: [KNOWN.slice(0, 80), KNOWN.slice(80)],
    cursor: { column: 0, row: 20 },
  });
  const known = new Map(
    Array.from(KNOWN, (character, index) => [
      cellOf({ ...drawn, channels: 1 }, index % 80, Math.floor(index / 80)),
      character,
    ]),
  );
  return Array.from({ length: SCREEN_SIZE.rows }, (_none, row) =>
    Array.from(
      { length: SCREEN_SIZE.columns },
      (_other, column) => known.get(cellOf(picture, column, row)) ?? '\ufffd',
    )
      .join('')
      .trimEnd(),
  ).join('\n');
}

function cellOf({ width, data, channels }: ReadPicture, column: number, row: number): string {
  let bits = '';
  for (let y = row * CELL.height; y < (row + 1) * CELL.height; y += 1) {
    for (let x = column * CELL.width; x < (column + 1) * CELL.width; x += 1) {
      bits += (data[(y * width + x) * channels] ?? 0) > 100 ? '1' : '0';
    }
  }
  return bits;
}
