/** Of a screen, square by square, whether something stands there and how light it is. */
export interface Outline {
  readonly width: number;
  readonly height: number;
  readonly columns: number;
  readonly marks: Uint8Array;
  /** The mean luminance of each square, of 255. */
  readonly light: Float32Array;
}

/** A picture is made so many times smaller before it is outlined. */
export const REDUCED = 4;
/** Pixels of a square's side in the small picture: about two letters of a text screen. */
const SIDE = 4;
/** Luminance, of 255, by which the pixels of a square differ where something stands in it. */
const INK = 24;
/** Means of luminance between dark squares, grey and light ones. */
const SHADES = [96, 176];

/** Outlines a small picture, four bytes a pixel row by row. */
export function outlineOf(pixels: Uint8ClampedArray, width: number, height: number): Outline {
  const columns = Math.ceil(width / SIDE);
  const marks = new Uint8Array(columns * Math.ceil(height / SIDE));
  const light = new Float32Array(marks.length);
  for (let at = 0; at < marks.length; at += 1) {
    const [x, y] = [(at % columns) * SIDE, Math.floor(at / columns) * SIDE];
    const [right, bottom] = [Math.min(x + SIDE, width), Math.min(y + SIDE, height)];
    const { mean, range } = lightOf(pixels, width, [x, y, right, bottom]);
    light[at] = mean;
    marks[at] = SHADES.filter((least) => mean >= least).length * 2 + Number(range > INK);
  }
  return { width, height, columns, marks, light };
}

type Box = readonly [left: number, top: number, right: number, bottom: number];

function lightOf(
  pixels: Uint8ClampedArray,
  width: number,
  [left, top, right, bottom]: Box,
): { readonly mean: number; readonly range: number } {
  let [least, most, sum] = [255, 0, 0];
  for (let y = top; y < bottom; y += 1) {
    for (let x = left; x < right; x += 1) {
      const at = (y * width + x) * 4;
      const light =
        (pixels[at] ?? 0) * 0.3 + (pixels[at + 1] ?? 0) * 0.59 + (pixels[at + 2] ?? 0) * 0.11;
      least = Math.min(least, light);
      most = Math.max(most, light);
      sum += light;
    }
  }
  return { mean: sum / ((right - left) * (bottom - top)), range: most - least };
}

export function isSameSize(one: Outline, other: Outline): boolean {
  return one.width === other.width && one.height === other.height;
}

/**
 * How two screens differ, in squares: in all, in the row that differs most, and of how many with
 * something in either.
 */
export interface Unlikeness {
  readonly squares: number;
  readonly most: number;
  readonly of: number;
}

/** Compares two outlines of one size in those rows that count, where more than so many squares differ. */
export function unlikeness(
  one: Outline,
  other: Outline,
  counts: (row: number) => boolean = () => true,
  allowed = 0,
): Unlikeness {
  let [squares, most, of] = [0, 0, 0];
  const { columns, marks } = one;
  for (let first = 0; first < marks.length; first += columns) {
    if (!counts(first / columns)) continue;
    const row = rowUnlikeness(one, other, first);
    of += row.of;
    most = Math.max(most, row.squares);
    if (row.isOtherText) squares += row.of;
    else if (row.squares > allowed) squares += row.squares;
  }
  return { squares, most, of };
}

/** Of rows with so many squares of text, one is other text where it is so many times as light. */
const OTHER_TEXT = { least: 8, times: 2 };

interface RowUnlikeness {
  readonly squares: number;
  readonly of: number;
  /** As long as the other, and of other characters: a row of dots beside one of letters. */
  readonly isOtherText: boolean;
}

function rowUnlikeness(one: Outline, other: Outline, from: number): RowUnlikeness {
  let [squares, both] = [0, 0];
  let [light, otherLight] = [0, 0];
  for (let at = from; at < from + one.columns; at += 1) {
    const [mine, theirs] = [one.marks[at] ?? 0, other.marks[at] ?? 0];
    const isText = mine === theirs && mine % 2 === 1;
    if (mine !== theirs) squares += 1;
    if (isText) {
      both += 1;
      light += one.light[at] ?? 0;
      otherLight += other.light[at] ?? 0;
    }
  }
  const { least, times } = OTHER_TEXT;
  const ratio = Math.max(light, otherLight) / Math.max(1, Math.min(light, otherLight));
  return { squares, of: squares + both, isOtherText: both >= least && ratio > times };
}

/** Whether a row looks as it did. */
export function isSameRow(one: Outline, other: Outline, row: number): boolean {
  const { columns, marks } = one;
  for (let at = row * columns; at < (row + 1) * columns; at += 1) {
    if (marks[at] !== other.marks[at]) return false;
  }
  return true;
}
