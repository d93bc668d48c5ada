import { encode } from 'fast-png';

const COLUMNS = 80;
const ROWS = 25;
const CELL = { width: 8, height: 16 } as const;
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

/** A text screen of 80 × 25 as a grey PNG, as a graphics card would show it; what does not fit is cut. */
export function textPicture(lines: readonly string[]): Uint8Array {
  const width = COLUMNS * CELL.width;
  const data = new Uint8Array(width * ROWS * CELL.height);
  for (const [row, line] of lines.slice(0, ROWS).entries()) {
    const end = Math.min(line.length, COLUMNS);
    for (let column = 0; column < end; column += 1) {
      const place = { left: column * CELL.width, top: row * CELL.height };
      draw(data, width, place, line.charCodeAt(column));
    }
  }
  const image = { width, height: ROWS * CELL.height, data, channels: 1, depth: 8 } as const;
  // Mostly black: the least effort makes it small enough.
  return encode(image, { zlib: { level: 1 } });
}

function draw(
  data: Uint8Array,
  width: number,
  place: { readonly left: number; readonly top: number },
  code: number,
): void {
  const glyph = GLYPHS[code - FIRST_CODE] ?? UNKNOWN;
  for (let row = 0; row < glyph.length; row += 1) {
    const points = Number.parseInt(glyph.charAt(row), 32);
    for (let column = 0; column < 5; column += 1) {
      if ((points & (16 >> column)) === 0) continue;
      const start = (place.top + 2 * row) * width + place.left + 1 + column;
      // Each point is two high, because the cells are.
      data[start] = INK;
      data[start + width] = INK;
    }
  }
}
