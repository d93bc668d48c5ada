import { decode, encode } from 'fast-png';
import { err, ok, type Result } from '../../core/lib/result.ts';
import type { Screenshot } from '../hypervisor/domain.ts';

/** The largest thumbnail, in pixels, as original clients show it. */
const THUMBNAIL = { width: 216, height: 162 };
const MOST_PIXELS = 64_000_000;

/** Red, green and blue, a byte each, row by row. */
interface Raster {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}

export interface Picture {
  readonly png: Uint8Array;
  readonly width: number;
  readonly height: number;
}

/** The whole screen as PNG. */
export function fullPicture(screenshot: Screenshot): Result<Picture, string> {
  const raster = read(screenshot);
  return raster.ok ? ok(write(raster.value)) : raster;
}

/** The screen made small, its proportions kept. */
export function thumbnail(screenshot: Screenshot): Result<Picture, string> {
  const raster = read(screenshot);
  if (!raster.ok) return raster;
  const { width, height } = raster.value;
  const scale = Math.min(1, THUMBNAIL.width / width, THUMBNAIL.height / height);
  return ok(write(scale === 1 ? raster.value : shrink(raster.value, scale)));
}

function read({ data }: Screenshot): Result<Raster, string> {
  if (data[0] === 0x50 && data[1] === 0x36) return readPixmap(data);
  try {
    const { width, height, channels, depth, data: pixels } = decode(data);
    if (depth !== 8) return err(`a PNG of ${depth} bits`);
    return ok({ width, height, data: toColour(Uint8Array.from(pixels), channels) });
  } catch (cause) {
    return err(`a picture that cannot be read: ${cause instanceof Error ? cause.message : ''}`);
  }
}

/** A portable pixmap of type P6 with 8 bits a sample, as QEMU makes it (netpbm, ppm(5)). */
function readPixmap(bytes: Uint8Array): Result<Raster, string> {
  const head = Buffer.from(bytes.subarray(0, 512)).toString('latin1');
  const match = /^P6(?:\s|#[^\n]*\n)+(\d+)(?:\s|#[^\n]*\n)+(\d+)(?:\s|#[^\n]*\n)+(\d+)\s/u.exec(
    head,
  );
  if (!match) return err('a portable pixmap without a header');
  const [header, width, height, most] = [match[0], ...match.slice(1).map(Number)] as const;
  if (most !== 255) return err(`a portable pixmap with ${String(most)} levels`);
  const pixels = Number(width) * Number(height);
  const data = bytes.subarray(header.length, header.length + 3 * pixels);
  if (pixels === 0 || pixels > MOST_PIXELS) return err('a portable pixmap of an impossible size');
  if (data.length < 3 * pixels) return err('a portable pixmap that ends too early');
  return ok({ width: Number(width), height: Number(height), data });
}

/** Red, green and blue of grey or colour samples, with or without alpha. */
function toColour(samples: Uint8Array, channels: number): Uint8Array {
  if (channels === 3) return samples;
  const count = samples.length / channels;
  const rgb = new Uint8Array(count * 3);
  for (let pixel = 0; pixel < count; pixel += 1) {
    const at = pixel * channels;
    if (channels < 3) rgb.fill(samples[at] ?? 0, pixel * 3, pixel * 3 + 3);
    else rgb.set(samples.subarray(at, at + 3), pixel * 3);
  }
  return rgb;
}

/** Each new pixel is the mean of the old ones it covers. */
function shrink({ width, height, data }: Raster, scale: number): Raster {
  const size = {
    width: Math.max(1, Math.round(width * scale)),
    height: Math.max(1, Math.round(height * scale)),
  };
  const small = new Uint8Array(size.width * size.height * 3);
  for (let y = 0; y < size.height; y += 1) {
    const rows = span(y, size.height, height);
    for (let x = 0; x < size.width; x += 1) {
      small.set(mean(data, width, rows, span(x, size.width, width)), (y * size.width + x) * 3);
    }
  }
  return { ...size, data: small };
}

type Span = readonly [from: number, to: number];

function span(index: number, count: number, of: number): Span {
  const from = Math.floor((index * of) / count);
  return [from, Math.max(from + 1, Math.floor(((index + 1) * of) / count))];
}

function mean(
  data: Uint8Array,
  width: number,
  rows: Span,
  columns: Span,
): [number, number, number] {
  const sum: [number, number, number] = [0, 0, 0];
  for (let y = rows[0]; y < rows[1]; y += 1) {
    for (let x = columns[0]; x < columns[1]; x += 1) {
      const at = (y * width + x) * 3;
      sum[0] += data[at] ?? 0;
      sum[1] += data[at + 1] ?? 0;
      sum[2] += data[at + 2] ?? 0;
    }
  }
  const count = (rows[1] - rows[0]) * (columns[1] - columns[0]);
  return [sum[0] / count, sum[1] / count, sum[2] / count];
}

function write({ width, height, data }: Raster): Picture {
  return { png: encode({ width, height, data, channels: 3, depth: 8 }), width, height };
}
