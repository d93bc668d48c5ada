import { readU16, u16 } from './integers.ts';
import { malformed } from './rfb-failure.ts';

/** How a pixel lies on the wire: RFC 6143, section 7.4. */
export interface PixelFormat {
  /** Bits of a pixel: 8, 16 or 32. */
  readonly bitsPerPixel: number;
  readonly depth: number;
  readonly isBigEndian: boolean;
  readonly isTrueColour: boolean;
  readonly max: { readonly red: number; readonly green: number; readonly blue: number };
  readonly shift: { readonly red: number; readonly green: number; readonly blue: number };
}

/** 32 bits a pixel: blue, green, red, nothing. */
export const PIXEL_FORMAT_32: PixelFormat = {
  bitsPerPixel: 32,
  depth: 24,
  isBigEndian: false,
  isTrueColour: true,
  max: { red: 255, green: 255, blue: 255 },
  shift: { red: 16, green: 8, blue: 0 },
};

export const PIXEL_FORMAT_BYTES = 16;

/** Reads the 16 bytes of a pixel format. Throws `RfbFailureError`. */
export function readPixelFormat(bytes: Uint8Array): PixelFormat {
  const bitsPerPixel = bytes[0] ?? 0;
  if (![8, 16, 32].includes(bitsPerPixel)) {
    throw malformed(`a pixel format of ${bitsPerPixel} bits`);
  }
  return {
    bitsPerPixel,
    depth: bytes[1] ?? 0,
    isBigEndian: bytes[2] !== 0,
    isTrueColour: bytes[3] !== 0,
    max: { red: readU16(bytes, 4), green: readU16(bytes, 6), blue: readU16(bytes, 8) },
    shift: { red: bytes[10] ?? 0, green: bytes[11] ?? 0, blue: bytes[12] ?? 0 },
  };
}

export function writePixelFormat(format: PixelFormat): Uint8Array {
  const { bitsPerPixel, depth, isBigEndian, isTrueColour, max, shift } = format;
  return Uint8Array.from([
    ...[bitsPerPixel, depth, Number(isBigEndian), Number(isTrueColour)],
    ...[...u16(max.red), ...u16(max.green), ...u16(max.blue)],
    ...[shift.red, shift.green, shift.blue, 0, 0, 0],
  ]);
}

export function bytesPerPixel(format: PixelFormat): number {
  return format.bitsPerPixel / 8;
}

/** Bytes of a pixel in Tight rectangles, which leave the unused one of 32-bit colours out. */
export function tightPixelBytes(format: PixelFormat): number {
  const { max } = format;
  const isPlain = max.red === 255 && max.green === 255 && max.blue === 255;
  const isPacked = isPlain && format.isTrueColour && format.depth === 24;
  return isPacked && format.bitsPerPixel === 32 ? 3 : bytesPerPixel(format);
}
