import { convertIndexedToRgb, decode, type DecodedPng } from 'fast-png';
import { INDEXED, isOfItsSize, pngChunks, pngHeader, pngOf, type PngChunk } from './png-parts.ts';
import type { Raster } from './raster.ts';

/** The chunks that make the still picture; all others, animation and text among them, are left out. */
const NEEDED = new Set(['IHDR', 'PLTE', 'tRNS', 'IDAT', 'IEND']);
/** 256 colours (PNG, third edition, 11.2.2). */
const MOST_PALETTE_BYTES = 768;

/** Decodes what begins as a PNG does; throws when it is none. Of an animation it is the still picture. */
export function readPng(bytes: Uint8Array): Raster {
  const header = pngHeader(bytes);
  const chunks = [...pngChunks(bytes)].filter(({ name }) => NEEDED.has(name));
  if (!isSingle(chunks) || hasHugePalette(chunks) || !isOfItsSize(header, chunks))
    throw new Error('It is not what it claims.');
  // The decoder would take the samples of a byte for one.
  if (header.isInterlaced && header.depth < 8) throw new Error('It is packed and interlaced.');
  const png = decode(pngOf(bytes, chunks), { checkCrc: true });
  return rasterOf(header.colourType === INDEXED ? unindexed(png) : png);
}

/** Whether nothing but image data is there twice: the decoder would take the later. */
function isSingle(chunks: readonly PngChunk[]): boolean {
  const names = chunks.map(({ name }) => name).filter((name) => name !== 'IDAT');
  return new Set(names).size === names.length;
}

function hasHugePalette(chunks: readonly PngChunk[]): boolean {
  return chunks.some(
    ({ name, content }) => name === 'PLTE' && content.byteLength > MOST_PALETTE_BYTES,
  );
}

type Samples = Pick<
  DecodedPng,
  'width' | 'height' | 'data' | 'depth' | 'channels' | 'transparency'
>;

function unindexed(png: DecodedPng): Samples {
  const { width, height, palette } = png;
  return {
    width,
    height,
    depth: 8,
    channels: palette?.[0]?.length ?? 0,
    data: convertIndexedToRgb(png),
  };
}

function rasterOf(png: Samples): Raster {
  const { width, height, channels, depth, transparency } = png;
  const samples = depth < 8 ? unpacked(png) : png.data;
  const most = 2 ** depth - 1;
  const colours = channels < 3 ? [0, 0, 0] : [0, 1, 2];
  const data = new Uint8Array(width * height * 4);
  for (let pixel = 0; pixel < width * height; pixel += 1) {
    const from = pixel * channels;
    const opacity = channels % 2 === 0 ? (samples[from + channels - 1] ?? 0) : most;
    const isHidden = transparency?.every((value, channel) => samples[from + channel] === value);
    for (const [at, colour] of colours.entries()) {
      data[pixel * 4 + at] = Math.round(((samples[from + colour] ?? 0) * 255) / most);
    }
    data[pixel * 4 + 3] = isHidden === true ? 0 : Math.round((opacity * 255) / most);
  }
  return { width, height, data };
}

/** The samples of a grey picture that keeps several in a byte, the first in its highest bits. */
function unpacked({ width, height, data, depth }: Samples): Uint8Array {
  const bytesOfRow = Math.ceil((width * depth) / 8);
  const samples = new Uint8Array(width * height);
  for (let pixel = 0; pixel < samples.length; pixel += 1) {
    const bit = (pixel % width) * depth;
    const byte = data[Math.floor(pixel / width) * bytesOfRow + (bit >> 3)] ?? 0;
    samples[pixel] = (byte >> (8 - depth - (bit & 7))) & (2 ** depth - 1);
  }
  return samples;
}
