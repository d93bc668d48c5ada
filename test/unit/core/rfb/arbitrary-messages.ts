import fc from 'fast-check';
import type { ClientMessage } from '../../../../core/rfb/client-messages.ts';
import { ENCODING } from '../../../../core/rfb/encodings.ts';
import { joinBytes, u16, u32 } from '../../../../core/rfb/integers.ts';
import { PIXEL_FORMAT_32 } from '../../../../core/rfb/pixel-format.ts';

const u8 = fc.integer({ min: 0, max: 255 });
const word = fc.integer({ min: 0, max: 0xffff });
const long = fc.integer({ min: 0, max: 0xffffffff });
const bytes = (maxLength: number) => fc.uint8Array({ maxLength });

/** Any message that a viewer may send, but the ignored ones. */
export const clientMessage: fc.Arbitrary<Exclude<ClientMessage, { kind: 'ignored' }>> = fc.oneof(
  fc.constantFrom(8, 16, 32).map((bitsPerPixel) => ({
    kind: 'pixel-format' as const,
    format: { ...PIXEL_FORMAT_32, bitsPerPixel },
  })),
  fc
    .array(fc.integer(), { maxLength: 40 })
    .map((encodings) => ({ kind: 'encodings' as const, encodings })),
  fc
    .record({
      isIncremental: fc.boolean(),
      area: fc.record({ x: word, y: word, width: word, height: word }),
    })
    .map((request) => ({ kind: 'update-request' as const, ...request })),
  fc.record({ isDown: fc.boolean(), keysym: long }).map((key) => ({ kind: 'key' as const, key })),
  fc
    .record({ isDown: fc.boolean(), keysym: long, scancode: long })
    .map((key) => ({ kind: 'key' as const, key })),
  fc
    .record({ buttons: u8, x: word, y: word })
    .map((pointer) => ({ kind: 'pointer' as const, ...pointer })),
  bytes(200).map((text) => ({
    kind: 'clipboard' as const,
    text: String.fromCharCode(...text),
  })),
  fc
    .record({ flags: long, payload: bytes(200) })
    .map((clipboard) => ({ kind: 'extended-clipboard' as const, ...clipboard })),
  fc
    .record({ width: word, height: word, count: fc.integer({ min: 0, max: 4 }) })
    .map(({ width, height, count }) => ({
      kind: 'desktop-size' as const,
      width,
      height,
      screens: new Uint8Array(count * 16).fill(7),
    })),
);

const compactLength = (length: number): number[] =>
  length < 0x80
    ? [length]
    : length < 0x4000
      ? [(length & 0x7f) | 0x80, length >> 7]
      : [(length & 0x7f) | 0x80, ((length >> 7) & 0x7f) | 0x80, length >> 14];

const side = fc.integer({ min: 1, max: 40 });

type Body = (width: number, height: number) => fc.Arbitrary<Uint8Array>;

const exactly = (length: number) => fc.uint8Array({ minLength: length, maxLength: length });
const withLength = (content: Uint8Array) => joinBytes([u32(content.length), content]);
const nothing = () => fc.constant(new Uint8Array(0));
const measured = () => bytes(300).map(withLength);

/** The bodies of rectangles of 32-bit pixels, by encoding. */
const BODIES: Readonly<Record<number, Body>> = {
  [ENCODING.raw]: (width, height) => exactly(width * height * 4),
  [ENCODING.copyRect]: () => exactly(4),
  [ENCODING.rre]: (width, height) =>
    fc
      .integer({ min: 0, max: Math.min(width * height, 5) })
      .chain((count) => exactly(4 + count * 12).map((rest) => joinBytes([u32(count), rest]))),
  [ENCODING.hextile]: (width, height) =>
    fc
      .array(hextileTile(), { minLength: tiles(width, height), maxLength: tiles(width, height) })
      .map((kinds) => joinBytes(kinds.map((kind, index) => tile(kind, index, width, height)))),
  [ENCODING.zlib]: measured,
  [ENCODING.zrle]: measured,
  [ENCODING.tight]: tightBody,
  [ENCODING.cursor]: (width, height) => exactly(width * height * 4 + Math.ceil(width / 8) * height),
  [ENCODING.desktopName]: measured,
  [ENCODING.extendedDesktopSize]: () =>
    exactly(32).map((screens) => joinBytes([[2, 0, 0, 0], screens])),
  [ENCODING.ledState]: () => exactly(1),
  [ENCODING.desktopSize]: nothing,
  [ENCODING.extendedKeys]: nothing,
};

const tiles = (width: number, height: number): number =>
  Math.ceil(width / 16) * Math.ceil(height / 16);

const hextileTile = () => fc.record({ mask: fc.integer({ min: 0, max: 31 }), parts: u8 });

function tile(
  { mask, parts }: { mask: number; parts: number },
  index: number,
  width: number,
  height: number,
): Uint8Array {
  const across = Math.ceil(width / 16);
  const tileWidth = Math.min(16, width - (index % across) * 16);
  const tileHeight = Math.min(16, height - Math.floor(index / across) * 16);
  if ((mask & 1) !== 0) return joinBytes([[mask], new Uint8Array(tileWidth * tileHeight * 4)]);
  const colours = new Uint8Array((((mask >> 1) & 1) + ((mask >> 2) & 1)) * 4);
  if ((mask & 8) === 0) return joinBytes([[mask], colours]);
  const partBytes = 2 + ((mask >> 4) & 1) * 4;
  return joinBytes([[mask], colours, [parts], new Uint8Array(parts * partBytes)]);
}

function tightBody(width: number, height: number): fc.Arbitrary<Uint8Array> {
  const data = bytes(20_000).map((part) => joinBytes([compactLength(part.length), part]));
  const sized = (plain: number): fc.Arbitrary<Uint8Array> =>
    plain < 12 ? fc.uint8Array({ minLength: plain, maxLength: plain }) : data;
  const palette = u8.chain((last) => {
    const plain = (last < 2 ? Math.ceil(width / 8) : width) * height;
    return sized(plain).map((rest) =>
      joinBytes([[0x40, 1, last], new Uint8Array((last + 1) * 3), rest]),
    );
  });
  return fc.oneof(
    fc.constant(Uint8Array.from([0x80, 1, 2, 3])),
    data.map((part) => joinBytes([[0x90], part])),
    sized(width * height * 3).map((part) => joinBytes([[0x00], part])),
    sized(width * height * 3).map((part) => joinBytes([[0x40, 2], part])),
    palette,
  );
}

const drawn = fc.constantFrom(...Object.keys(BODIES).map(Number));

const rectangle = fc
  .record({ encoding: drawn, width: side, height: side, x: word })
  .chain(({ encoding, width, height, x }) =>
    (BODIES[encoding] ?? nothing)(width, height).map((content) =>
      joinBytes([[...u16(x), ...u16(0), ...u16(width), ...u16(height), ...u32(encoding)], content]),
    ),
  );

const update = fc.oneof(
  fc
    .array(rectangle, { maxLength: 5 })
    .map((rectangles) => joinBytes([[0, 0, ...u16(rectangles.length)], ...rectangles])),
  fc
    .array(rectangle, { maxLength: 5 })
    .map((rectangles) =>
      joinBytes([
        [0, 0, 0xff, 0xff],
        ...rectangles,
        [0, 0, 0, 0, 0, 0, 0, 0, ...u32(ENCODING.lastRect)],
      ]),
    ),
);

/** Any message of a server that passes to a page as it is. */
export const serverMessage: fc.Arbitrary<Uint8Array> = fc.oneof(
  { weight: 4, arbitrary: update },
  fc.constant(Uint8Array.from([2])),
  bytes(100).map((text) => joinBytes([[3, 0, 0, 0], u32(text.length), text])),
  fc
    .integer({ min: 0, max: 5 })
    .map((colours) => joinBytes([[1, 0, 0, 0, ...u16(colours)], new Uint8Array(colours * 6)])),
);

/** The places at which to cut a stream. */
export const cuts = fc.array(fc.nat(), { maxLength: 30 });

/** A stream in pieces. */
export function cutUp(whole: Uint8Array, places: readonly number[]): readonly Uint8Array[] {
  const sorted = [...new Set(places.map((place) => place % (whole.length + 1)))].sort(
    (one, other) => one - other,
  );
  const ends = [...sorted, whole.length];
  return ends.map((end, index) => whole.subarray(ends[index - 1] ?? 0, end));
}
