import { forward, read, type Walk } from './byte-walk.ts';
import { ENCODING } from './encodings.ts';
import { readU32 } from './integers.ts';
import type { RfbLimits } from './limits.ts';
import { bytesPerPixel, type PixelFormat, tightPixelBytes } from './pixel-format.ts';
import { malformed } from './rfb-failure.ts';

/** The head of a rectangle in a framebuffer update: RFC 6143, section 7.6.1. */
export interface Rectangle {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly encoding: number;
}

type Body = (rectangle: Rectangle, format: PixelFormat, limits: RfbLimits) => Walk;

const none: Body = () => forward();

const BODIES: Readonly<Record<number, Body>> = {
  [ENCODING.raw]: ({ width, height }, format) => forward(width * height * bytesPerPixel(format)),
  [ENCODING.copyRect]: () => forward(4),
  [ENCODING.rre]: rre,
  [ENCODING.hextile]: hextile,
  [ENCODING.zlib]: compressed,
  [ENCODING.zrle]: compressed,
  [ENCODING.tight]: tight,
  [ENCODING.tightPng]: tight,
  [ENCODING.cursor]: cursor,
  [ENCODING.desktopSize]: none,
  [ENCODING.lastRect]: none,
  [ENCODING.extendedKeys]: none,
  [ENCODING.ledState]: () => forward(1),
  [ENCODING.desktopName]: desktopName,
  [ENCODING.extendedDesktopSize]: extendedDesktopSize,
};

/** Walks over what follows a rectangle's head. Throws `RfbFailureError` where it is out of bounds. */
export function rectangleBody(rectangle: Rectangle, format: PixelFormat, limits: RfbLimits): Walk {
  const body = BODIES[rectangle.encoding];
  if (body === undefined) throw malformed(`a rectangle of encoding ${rectangle.encoding}`);
  return body(rectangle, format, limits);
}

function* rre({ width, height }: Rectangle, format: PixelFormat): Walk {
  const count = readU32(yield* read(4), 0);
  if (count > width * height) throw malformed(`${count} parts in one rectangle`);
  yield* forward(bytesPerPixel(format) + count * (bytesPerPixel(format) + 8));
}

/** Zlib and ZRLE: a length, then so much compressed data. */
function* compressed({ width, height }: Rectangle, format: PixelFormat): Walk {
  const length = readU32(yield* read(4), 0);
  // Data that does not shrink grows by a little; tiles have their heads.
  const most = width * height * bytesPerPixel(format) * 2 + 65_536;
  if (length > most) throw malformed(`${length} bytes in one rectangle`);
  yield* forward(length);
}

const TILE = 16;
const HEXTILE = { raw: 1, background: 2, foreground: 4, parts: 8, colouredParts: 16 } as const;

function* hextile({ width, height }: Rectangle, format: PixelFormat): Walk {
  for (let y = 0; y < height; y += TILE) {
    for (let x = 0; x < width; x += TILE) {
      const pixels = Math.min(TILE, width - x) * Math.min(TILE, height - y);
      yield* hextileTile(pixels, bytesPerPixel(format));
    }
  }
  yield* forward();
}

function* hextileTile(pixels: number, pixelBytes: number): Walk {
  const [mask = 0] = yield* read(1);
  if ((mask & HEXTILE.raw) !== 0) {
    yield* forward(pixels * pixelBytes);
    return;
  }
  const has = (bit: number): number => Number((mask & bit) !== 0);
  yield* forward((has(HEXTILE.background) + has(HEXTILE.foreground)) * pixelBytes);
  if (has(HEXTILE.parts) === 0) return;
  const [count = 0] = yield* read(1);
  yield* forward(count * (2 + has(HEXTILE.colouredParts) * pixelBytes));
}

const TIGHT = { fill: 8, jpeg: 9, png: 10, hasFilter: 4 } as const;
const FILTER = { copy: 0, palette: 1, gradient: 2 } as const;
/** Less than this is not compressed. */
const TIGHT_PLAIN_BYTES = 12;

function* tight(rectangle: Rectangle, format: PixelFormat): Walk {
  const [first = 0] = yield* read(1);
  const control = first >> 4;
  if (control === TIGHT.fill) yield* forward(tightPixelBytes(format));
  else if (control === TIGHT.jpeg || control === TIGHT.png) yield* tightData();
  else if (control < TIGHT.fill) yield* tightBasic(control, rectangle, format);
  else throw malformed(`Tight compression ${control}`);
}

function* tightBasic(control: number, { width, height }: Rectangle, format: PixelFormat): Walk {
  const pixelBytes = tightPixelBytes(format);
  const [filter = 0] = (control & TIGHT.hasFilter) === 0 ? [] : yield* read(1);
  let bytes = width * height * pixelBytes;
  if (filter === FILTER.palette) {
    const colours = ((yield* read(1))[0] ?? 0) + 1;
    yield* forward(colours * pixelBytes);
    bytes = (colours <= 2 ? Math.ceil(width / 8) : width) * height;
  } else if (filter !== FILTER.copy && filter !== FILTER.gradient) {
    throw malformed(`Tight filter ${filter}`);
  }
  if (bytes < TIGHT_PLAIN_BYTES) yield* forward(bytes);
  else yield* tightData();
}

/** A length of one to three bytes, seven bits each but the last, then so much data. */
function* tightData(): Walk {
  let length = 0;
  for (const shift of [0, 7, 14]) {
    const [byte = 0] = yield* read(1);
    length |= (shift === 14 ? byte : byte & 0x7f) << shift;
    if (byte < 0x80) break;
  }
  yield* forward(length);
}

function* cursor({ width, height }: Rectangle, format: PixelFormat, limits: RfbLimits): Walk {
  if (width > limits.cursorSide || height > limits.cursorSide) {
    throw malformed(`a pointer of ${width}×${height}`);
  }
  yield* forward(width * height * bytesPerPixel(format) + Math.ceil(width / 8) * height);
}

function* desktopName(_rectangle: Rectangle, _format: PixelFormat, limits: RfbLimits): Walk {
  const length = readU32(yield* read(4), 0);
  if (length > limits.nameBytes) throw malformed(`a screen’s name of ${length} bytes`);
  yield* forward(length);
}

function* extendedDesktopSize(): Walk {
  const [screens = 0] = yield* read(4);
  yield* forward(screens * 16);
}
