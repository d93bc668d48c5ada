import { Unzlib } from 'fflate';

/** The IHDR chunk (PNG, third edition, 11.2.1). */
export interface PngHeader {
  readonly width: number;
  readonly height: number;
  /** Bits of a sample. */
  readonly depth: number;
  readonly colourType: number;
  readonly isInterlaced: boolean;
}

/** Samples of a pixel, by colour type. */
const CHANNELS: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };
export const INDEXED = 3;

const SIGNATURE_BYTES = 8;
/** Length and name before what is in a chunk, a checksum behind. */
const FRAME_BYTES = 12;
/** How much is inflated at once: it becomes 4 MiB at most. */
const SLICE_BYTES = 4096;

/** Reads the header of what begins as a PNG does. */
export function pngHeader(bytes: Uint8Array): PngHeader {
  const view = viewOf(bytes);
  return {
    width: view.getUint32(16),
    height: view.getUint32(20),
    depth: view.getUint8(24),
    colourType: view.getUint8(25),
    isInterlaced: view.getUint8(28) !== 0,
  };
}

export interface PngChunk {
  readonly name: string;
  /** With its length, name and checksum. */
  readonly whole: Uint8Array;
  readonly content: Uint8Array;
}

/** The chunks up to the end of the picture. Throws when one is cut off, or there is no end. */
export function* pngChunks(bytes: Uint8Array): Generator<PngChunk> {
  const view = viewOf(bytes);
  let at = SIGNATURE_BYTES;
  for (;;) {
    const end = at + FRAME_BYTES + view.getUint32(at);
    if (end > bytes.byteLength) throw new RangeError('A chunk is cut off.');
    const name = String.fromCharCode(...bytes.subarray(at + 4, at + 8));
    yield { name, whole: bytes.subarray(at, end), content: bytes.subarray(at + 8, end - 4) };
    if (name === 'IEND') return;
    at = end;
  }
}

/** The same PNG of nothing but these chunks. */
export function pngOf(bytes: Uint8Array, chunks: readonly PngChunk[]): Uint8Array {
  return Buffer.concat([bytes.subarray(0, SIGNATURE_BYTES), ...chunks.map(({ whole }) => whole)]);
}

/** Whether the image data inflate to just what the header claims; no more than that is inflated. */
export function isOfItsSize(header: PngHeader, chunks: readonly PngChunk[]): boolean {
  const expected = inflatedBytes(header);
  let inflated = 0;
  const inflator = new Unzlib((part) => {
    inflated += part.byteLength;
  });
  for (const { content } of chunks.filter(({ name }) => name === 'IDAT')) {
    for (let at = 0; at < content.byteLength; at += SLICE_BYTES) {
      inflator.push(content.subarray(at, at + SLICE_BYTES));
      if (inflated > expected) return false;
    }
  }
  inflator.push(new Uint8Array(), true);
  return inflated === expected;
}

/** The passes of an interlaced picture: where each begins, and its steps (PNG, 8.1). */
const PASSES = [
  [0, 0, 8, 8],
  [4, 0, 8, 8],
  [0, 4, 4, 8],
  [2, 0, 4, 4],
  [0, 2, 2, 4],
  [1, 0, 2, 2],
  [0, 1, 1, 2],
] as const;

function inflatedBytes({ width, height, depth, colourType, isInterlaced }: PngHeader): number {
  const bits = depth * (CHANNELS[colourType] ?? 0);
  // Each row begins with the filter that it went through.
  const pass = (columns: number, rows: number): number =>
    columns === 0 ? 0 : rows * (1 + Math.ceil((columns * bits) / 8));
  if (!isInterlaced) return pass(width, height);
  return PASSES.reduce(
    (sum, [x, y, stepX, stepY]) =>
      sum + pass(Math.ceil((width - x) / stepX), Math.ceil((height - y) / stepY)),
    0,
  );
}

function viewOf({ buffer, byteOffset, byteLength }: Uint8Array): DataView {
  return new DataView(buffer, byteOffset, byteLength);
}
