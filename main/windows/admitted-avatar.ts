import { nativeImage } from 'electron';
import { pictureSize } from './picture-size.ts';

const SIDE = 96;
const MOST_BYTES = 1_048_576;
/** Decoding a picture of this size takes main some 10 ms; avatars are far smaller (XEP-0153 §5: 96 a side). */
const MOST_PIXELS = 1024;

/**
 * Makes a small PNG of an untrusted picture (PNG or JPEG). Pictures beyond 1 MiB or 1,024 pixels a
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
  return pictureSize(bytes)?.every((side) => side > 0 && side <= MOST_PIXELS) === true;
}
