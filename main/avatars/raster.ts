/** Pixels in rows from the top, each of red, green, blue and opacity, 0 to 255. */
export interface Raster {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}

/** The picture with no side longer than `side` pixels; what is small already stays as it is. */
export function shrunk(picture: Raster, side: number): Raster {
  const scale = side / Math.max(picture.width, picture.height);
  if (scale >= 1) return picture;
  const width = Math.max(1, Math.round(picture.width * scale));
  const height = Math.max(1, Math.round(picture.height * scale));
  const data = new Uint8Array(width * height * 4);
  for (let y = 0; y < height; y += 1) {
    const rows = span(y, height, picture.height);
    for (let x = 0; x < width; x += 1) {
      data.set(meanOf(picture, span(x, width, picture.width), rows), (y * width + x) * 4);
    }
  }
  return { width, height, data };
}

type Span = readonly [from: number, to: number];

/** Which of the large picture's rows or columns one of the small picture's stands for. */
function span(at: number, small: number, large: number): Span {
  const from = Math.floor((at * large) / small);
  return [from, Math.max(from + 1, Math.floor(((at + 1) * large) / small))];
}

/** The mean of a rectangle, in which what cannot be seen has no colour to add. */
function meanOf({ width, data }: Raster, columns: Span, rows: Span): readonly number[] {
  let red = 0;
  let green = 0;
  let blue = 0;
  let opacity = 0;
  for (let y = rows[0]; y < rows[1]; y += 1) {
    for (let at = (y * width + columns[0]) * 4; at < (y * width + columns[1]) * 4; at += 4) {
      const weight = data[at + 3] ?? 0;
      red += (data[at] ?? 0) * weight;
      green += (data[at + 1] ?? 0) * weight;
      blue += (data[at + 2] ?? 0) * weight;
      opacity += weight;
    }
  }
  if (opacity === 0) return [0, 0, 0, 0];
  const count = (columns[1] - columns[0]) * (rows[1] - rows[0]);
  return [red / opacity, green / opacity, blue / opacity, opacity / count].map(Math.round);
}
