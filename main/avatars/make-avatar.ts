import { encode } from 'fast-png';
import { pictureSize } from '../windows/picture-size.ts';
import { shrunk } from './raster.ts';
import { readJpeg } from './read-jpeg.ts';
import { readPng } from './read-png.ts';

/** What is looked at of an untrusted picture, in bytes. */
export const MOST_PICTURE_BYTES = 1_048_576;
/** What is decoded, in pixels a side. */
const MOST_SIDE = 1024;
/** What is shown, in pixels a side (XEP-0153, 5). */
const AVATAR_SIDE = 96;

/**
 * A small PNG of an untrusted picture, PNG or JPEG, with nothing in it but its pixels. Undefined for
 * what is neither, damaged, or beyond 1 MiB or, as its header says, 1,024 pixels a side.
 */
export function makeAvatar(bytes: Uint8Array): Uint8Array | undefined {
  if (bytes.byteLength > MOST_PICTURE_BYTES) return undefined;
  const isModest = pictureSize(bytes)?.every((side) => side > 0 && side <= MOST_SIDE);
  if (isModest !== true) return undefined;
  try {
    const isJpeg = bytes[0] === 0xff;
    const picture = isJpeg ? readJpeg(bytes, { pixels: MOST_SIDE ** 2 }) : readPng(bytes);
    return encode({ ...shrunk(picture, AVATAR_SIDE), channels: 4, depth: 8 });
  } catch {
    // Decoders throw at whatever is wrong with a picture: there is none to show.
    return undefined;
  }
}
