/** Width and height in pixels. */
export type PictureSize = readonly [width: number, height: number];

/**
 * The size that the header of a PNG or JPEG claims. Undefined for anything else, and for a header
 * that a decoder might read another size from: the picture comes from strangers.
 */
export function pictureSize(bytes: Uint8Array): PictureSize | undefined {
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return pngSize(view) ?? jpegSize(view);
}

/** The signature, and the head of the chunk that has to be first. */
const PNG_HEAD = Buffer.from('\x89PNG\r\n\x1a\n\0\0\0\rIHDR', 'latin1');

/** From the IHDR chunk (PNG, third edition, 11.2.2). */
function pngSize(view: Buffer): PictureSize | undefined {
  if (view.byteLength < 24 || !view.subarray(0, PNG_HEAD.length).equals(PNG_HEAD)) return undefined;
  return [view.readUInt32BE(16), view.readUInt32BE(20)];
}

/** Segments that may stand before the frame: tables, restart interval, application data, comment. */
const BEFORE_FRAME = new Set([
  ...[0xc4, 0xcc, 0xdb, 0xdd, 0xfe],
  ...Array.from({ length: 16 }, (_nothing, index) => 0xe0 + index),
]);

/** From the first frame header, SOF0 to SOF15 (ITU T.81, B.2.2). */
function jpegSize(view: Buffer): PictureSize | undefined {
  if (view.byteLength < 4 || view.readUInt16BE(0) !== 0xffd8) return undefined;
  let at = 2;
  while (at + 9 < view.byteLength && view[at] === 0xff) {
    const marker = view[at + 1] ?? 0;
    if (isFrameHeader(marker)) return [view.readUInt16BE(at + 7), view.readUInt16BE(at + 5)];
    // Fill bytes and markers without a length would make us look elsewhere than the decoder does.
    if (!BEFORE_FRAME.has(marker)) return undefined;
    at += 2 + view.readUInt16BE(at + 2);
  }
  return undefined;
}

function isFrameHeader(marker: number): boolean {
  const others = [0xc4, 0xc8, 0xcc];
  return marker >= 0xc0 && marker <= 0xcf && !others.includes(marker);
}
