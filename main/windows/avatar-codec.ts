import { nativeImage } from 'electron';

const SIDE = 96;
const MOST_BYTES = 1_048_576;
const MOST_PIXELS = 4096;

/**
 * Makes a small PNG of an untrusted picture (PNG or JPEG). Pictures beyond 1 MiB or 4096 pixels a
 * side are not decoded: what the header claims is looked at first.
 */
export async function toAvatar(bytes: Uint8Array): Promise<Uint8Array | undefined> {
  if (bytes.byteLength > MOST_BYTES || !isModest(bytes)) return undefined;
  const image = nativeImage.createFromBuffer(Buffer.from(bytes));
  if (image.isEmpty()) return undefined;
  const { width, height } = image.getSize();
  const scale = Math.min(1, SIDE / Math.max(width, height));
  const small = image.resize({
    width: Math.max(1, Math.round(width * scale)),
    height: Math.max(1, Math.round(height * scale)),
    quality: 'good',
  });
  return small.toPNG();
}

function isModest(bytes: Uint8Array): boolean {
  const size = pngSize(bytes) ?? jpegSize(bytes);
  return size?.every((side) => side > 0 && side <= MOST_PIXELS) === true;
}

/** Width and height from the IHDR chunk (PNG, third edition, 11.2.2). */
function pngSize(bytes: Uint8Array): readonly [number, number] | undefined {
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.byteLength < 24 || view.toString('latin1', 0, 8) !== '\x89PNG\r\n\x1a\n')
    return undefined;
  return [view.readUInt32BE(16), view.readUInt32BE(20)];
}

/** Width and height from the first frame header, SOF0 to SOF15 (ITU T.81, B.2.2). */
function jpegSize(bytes: Uint8Array): readonly [number, number] | undefined {
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.byteLength < 4 || view.readUInt16BE(0) !== 0xffd8) return undefined;
  let at = 2;
  while (at + 9 < view.byteLength && view[at] === 0xff) {
    const marker = view[at + 1] ?? 0;
    if (isFrameHeader(marker)) return [view.readUInt16BE(at + 7), view.readUInt16BE(at + 5)];
    at += 2 + view.readUInt16BE(at + 2);
  }
  return undefined;
}

function isFrameHeader(marker: number): boolean {
  const others = [0xc4, 0xc8, 0xcc];
  return marker >= 0xc0 && marker <= 0xcf && !others.includes(marker);
}
