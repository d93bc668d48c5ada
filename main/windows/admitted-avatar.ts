import { pictureSize } from './picture-size.ts';

const MOST_BYTES = 1_048_576;
/** So much that a page decodes at once, a side; avatars are far smaller (XEP-0153 §5: 96 a side). */
const MOST_PIXELS = 1024;
/** The chunk that makes an animation of a PNG (PNG, third edition, 11.3.4.1). */
const ANIMATION = Buffer.from('acTL', 'latin1');

/**
 * An untrusted picture (PNG or JPEG) as it is kept and given to pages, which decode it in their sandbox:
 * a picture that breaks a decoder breaks no more. Undefined for what is beyond 1 MiB or, as its header
 * says, 1,024 pixels a side, and for what may move, which nobody can stop.
 */
export async function admittedAvatar(bytes: Uint8Array): Promise<Uint8Array | undefined> {
  const isStill =
    Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).indexOf(ANIMATION) < 0;
  return bytes.byteLength <= MOST_BYTES && isModest(bytes) && isStill ? bytes : undefined;
}

function isModest(bytes: Uint8Array): boolean {
  return pictureSize(bytes)?.every((side) => side > 0 && side <= MOST_PIXELS) === true;
}
