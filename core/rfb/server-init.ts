import { joinBytes, readU16, readU32, u16, u32 } from './integers.ts';
import type { RfbLimits } from './limits.ts';
import {
  PIXEL_FORMAT_BYTES,
  type PixelFormat,
  readPixelFormat,
  writePixelFormat,
} from './pixel-format.ts';
import { malformed, RfbFailureError } from './rfb-failure.ts';

/** What a server says of its screen: RFC 6143, section 7.3.2. Sizes are pixels. */
export interface ServerInit {
  readonly width: number;
  readonly height: number;
  readonly format: PixelFormat;
  /** UTF-8 in practice; the standard has ASCII. */
  readonly name: Uint8Array;
}

/** Bytes before the name. */
export const SERVER_INIT_BYTES = 8 + PIXEL_FORMAT_BYTES;

/** Reads what goes before the name, and the name's length in bytes. Throws `RfbFailureError`. */
export function readServerInit(
  bytes: Uint8Array,
  limits: RfbLimits,
): Omit<ServerInit, 'name'> & { readonly nameLength: number } {
  const [width, height] = [readU16(bytes, 0), readU16(bytes, 2)];
  checkScreen(width, height, limits);
  const nameLength = readU32(bytes, 4 + PIXEL_FORMAT_BYTES);
  if (nameLength > limits.nameBytes) throw malformed(`a screen’s name of ${nameLength} bytes`);
  return { width, height, format: readPixelFormat(bytes.subarray(4)), nameLength };
}

export function writeServerInit(init: ServerInit): Uint8Array {
  const size = [...u16(init.width), ...u16(init.height)];
  return joinBytes([size, writePixelFormat(init.format), u32(init.name.length), init.name]);
}

/** Throws `RfbFailureError` for a screen that a page could not hold. */
export function checkScreen(width: number, height: number, limits: RfbLimits): void {
  const isLarge = width > limits.side || height > limits.side;
  if (isLarge || width * height > limits.pixels) {
    throw new RfbFailureError({ code: 'too-large', width, height });
  }
}
