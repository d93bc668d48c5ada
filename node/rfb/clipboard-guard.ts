import { inflateSync, constants } from 'node:zlib';
import { readU32 } from '../../core/rfb/integers.ts';

/**
 * Among the actions of the extended clipboard (rfbproto, "Extended Clipboard"). What a server can do
 * is told by the first; the other actions then come with it, as abilities.
 */
const [CAPS, PROVIDE] = [1 << 24, 1 << 28];
const FORMATS = 16;

/**
 * Whether an extended clipboard, flags first, is what it says: its inflated texts within the limit
 * in bytes, and each as long as announced, for a reader may reserve what a length announces. What is
 * no text has the length that its flags want, for a reader may look no further than that.
 */
export function isHonestClipboard(body: Uint8Array, limit: number): boolean {
  const flags = readU32(body, 0);
  if ((flags & CAPS) !== 0) return body.length === 4 + 4 * formatsOf(flags).length;
  if ((flags & PROVIDE) === 0) return body.length === 4;
  const inflated = inflate(body.subarray(4), limit);
  if (inflated === undefined) return false;
  let place = 0;
  for (let left = formatsOf(flags).length; left > 0; left -= 1) {
    if (place + 4 > inflated.length) return false;
    place += 4 + inflated.readUInt32BE(place);
  }
  return place <= inflated.length;
}

function formatsOf(flags: number): readonly number[] {
  const all = Array.from({ length: FORMATS }, (_none, format) => format);
  return all.filter((format) => (flags & (1 << format)) !== 0);
}

function inflate(bytes: Uint8Array, limit: number): Buffer | undefined {
  try {
    const finishFlush = constants.Z_SYNC_FLUSH;
    return inflateSync(bytes, { finishFlush, maxOutputLength: limit });
  } catch {
    // No zlib data, or more of it than the limit: either way not what it says.
    return undefined;
  }
}
