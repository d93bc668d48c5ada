import { encode } from 'fast-png';
import { SCREEN_SIZE, type ScreenContent } from './text-screen.ts';

/** A character's place on the screen, pixels. */
export const CELL = { width: 8, height: 16 } as const;
const INK = 190;

/** The rows of each character, each of five points as one digit of base 32; from space to tilde. */
const GLYPHS = [
  ...['0000000', '4444404', 'aa00000', 'aavavaa', '4fke5u4', 'op248j3', 'cik8lid', '4480000'],
  ...['2488842', '8422248', '04lel40', '044v440', '0000c48', '000v000', '00000cc', '01248g0'],
  ...['ehjlphe', '4c4444e', 'eh1248v', 'v2421he', '26aiv22', 'vgu11he', '68guhhe', 'v124888'],
  ...['ehhehhe', 'ehhf12c', '0cc0cc0', '0cc0c48', '248g842', '00v0v00', '8421248', 'eh12404'],
  ...['eh1dlle', 'ehhvhhh', 'uhhuhhu', 'ehggghe', 'sihhhis', 'vgguggv', 'vgguggg', 'ehgnhhf'],
  ...['hhhvhhh', 'e44444e', '72222ic', 'hikokih', 'ggggggv', 'hrllhhh', 'hhpljhh', 'ehhhhhe'],
  ...['uhhuggg', 'ehhhlid', 'uhhukih', 'fgge11u', 'v444444', 'hhhhhhe', 'hhhhha4', 'hhhllla'],
  ...['hha4ahh', 'hhha444', 'v1248gv', 'e88888e', '0g84210', 'e22222e', '4ah0000', '000000v'],
  ...['8420000', '00e1fhf', 'ggmphhu', '00egghe', '11djhhf', '00ehvge', '698s888', '00fhhf1e'],
  ...['ggmphhh', '40c444e', '206222ic', 'ggikoki', 'c44444e', '00qllhh', '00mphhh', '00ehhhe'],
  ...['00uhhugg', '00fhhf11', '00mpggg', '00fge1u', '88s8896', '00hhhjd', '00hhha4', '00hhlla'],
  ...['00ha4ah', '00hhhf1e', '00v248v', '2448442', '4444444', '8442448', '008l200'],
] as const;

const FIRST_CODE = 32;
const UNKNOWN = 'vhhhhhv';
/** Signs that are no letter with a mark. */
const SIGNS: Readonly<Record<string, string>> = {
  '€': '78u8u87',
  '£': '698s88v',
  '§': '7gehe1s',
  '°': '4a40000',
  ß: 'ehhihhi',
};
/** The rows that marks draw into a small letter, by their combining characters. */
const MARKS: Readonly<Record<string, string>> = {
  '\u0300': '84',
  '\u0301': '24',
  '\u0302': '4a',
  '\u0303': 'd0',
  '\u0308': 'a0',
  '\u0327': '00000004',
};

/** A picture in one byte a pixel, from black to white. */
export interface GreyPicture {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}

/** Draws a text screen as a graphics card would; what does not fit is cut. */
export function drawText({ lines, cursor }: ScreenContent): GreyPicture {
  const width = SCREEN_SIZE.columns * CELL.width;
  const height = SCREEN_SIZE.rows * CELL.height;
  const data = new Uint8Array(width * height);
  for (const [row, line] of lines.slice(0, SCREEN_SIZE.rows).entries()) {
    const end = Math.min(line.length, SCREEN_SIZE.columns);
    for (let column = 0; column < end; column += 1) {
      drawGlyph(data, width, { column, row }, line.charCodeAt(column));
    }
  }
  drawCursor(data, width, cursor);
  return { width, height, data };
}

/** The same as a PNG. */
export function textPicture(content: ScreenContent): Uint8Array {
  const image = { ...drawText(content), channels: 1, depth: 8 } as const;
  // Mostly black: the least effort makes it small enough.
  return encode(image, { zlib: { level: 1 } });
}

type Cell = ScreenContent['cursor'];

function glyphOf(character: string): string {
  const [base = '', mark, more] = character.normalize('NFD');
  const rows = GLYPHS[base.charCodeAt(0) - FIRST_CODE];
  if (mark === undefined) return rows ?? SIGNS[character] ?? UNKNOWN;
  const marks = MARKS[mark];
  if (rows === undefined || marks === undefined || more !== undefined) return UNKNOWN;
  return Array.from({ length: Math.max(rows.length, marks.length) }, (_none, row) =>
    (pointsOf(rows, row) | pointsOf(marks, row)).toString(32),
  ).join('');
}

function pointsOf(rows: string, row: number): number {
  return Number.parseInt(rows.charAt(row) || '0', 32);
}

function drawGlyph(data: Uint8Array, width: number, cell: Cell, code: number): void {
  const glyph = glyphOf(String.fromCharCode(code));
  const [left, top] = [cell.column * CELL.width, cell.row * CELL.height];
  for (let row = 0; row < glyph.length; row += 1) {
    const points = Number.parseInt(glyph.charAt(row), 32);
    for (let column = 0; column < 5; column += 1) {
      if ((points & (16 >> column)) === 0) continue;
      const start = (top + 2 * row) * width + left + 1 + column;
      // Each point is two high, because the cells are.
      data[start] = INK;
      data[start + width] = INK;
    }
  }
}

/** A bar at the foot of the cell. */
function drawCursor(data: Uint8Array, width: number, { column, row }: Cell): void {
  if (column >= SCREEN_SIZE.columns || row >= SCREEN_SIZE.rows) return;
  for (const line of [CELL.height - 2, CELL.height - 1]) {
    const start = (row * CELL.height + line) * width + column * CELL.width;
    data.fill(INK, start, start + CELL.width);
  }
}
