import { decode } from 'jpeg-js';
import { pureJpeg } from './jpeg-parts.ts';
import type { Raster } from './raster.ts';

/**
 * Decodes a JPEG, baseline or progressive, in grey, colour or (with Adobe's marker) CMYK.
 * Throws when it is none, or beyond these bounds.
 */
export function readJpeg(bytes: Uint8Array, most: { readonly pixels: number }): Raster {
  return decode(pureJpeg(bytes), {
    useTArray: true,
    formatAsRGBA: true,
    tolerantDecoding: false,
    maxResolutionInMP: most.pixels / 1_000_000,
    // A picture of a million pixels takes 30 in four colours.
    maxMemoryUsageInMB: 40,
  });
}
