import { crc32, deflateSync } from 'node:zlib';

/** What a PNG is made of, in the terms of its header chunk; the rows carry their filters. */
export interface PngPlan {
  readonly width: number;
  readonly height: number;
  readonly depth: number;
  readonly colourType: number;
  readonly isInterlaced?: boolean;
  readonly rows: Uint8Array;
  /** Chunks before the image data, and behind them. */
  readonly before?: readonly Buffer[];
  readonly behind?: readonly Buffer[];
}

/** A PNG with right checksums, whatever is in it. */
export function png(plan: PngPlan): Buffer {
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    header(plan),
    ...(plan.before ?? []),
    chunk('IDAT', deflateSync(plan.rows)),
    ...(plan.behind ?? []),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

export function header(plan: Omit<PngPlan, 'rows'>): Buffer {
  const content = Buffer.alloc(13);
  content.writeUInt32BE(plan.width, 0);
  content.writeUInt32BE(plan.height, 4);
  content.writeUInt8(plan.depth, 8);
  content.writeUInt8(plan.colourType, 9);
  content.writeUInt8(plan.isInterlaced === true ? 1 : 0, 12);
  return chunk('IHDR', content);
}

export function chunk(name: string, content: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(name, 'latin1'), content]);
  const whole = Buffer.alloc(body.byteLength + 8);
  whole.writeUInt32BE(content.byteLength, 0);
  body.copy(whole, 4);
  whole.writeUInt32BE(crc32(body), body.byteLength + 4);
  return whole;
}

/** A PNG of one opaque colour. */
export function plainPng(width: number, height: number, more: Partial<PngPlan> = {}): Buffer {
  const row = Buffer.from([0, ...Array.from({ length: width }, () => [200, 30, 40]).flat()]);
  const rows = Buffer.concat(Array.from({ length: height }, () => row));
  return png({ width, height, depth: 8, colourType: 2, rows, ...more });
}

/** The names of a PNG's chunks. */
export function chunkNames(bytes: Uint8Array): readonly string[] {
  const view = Buffer.from(bytes);
  const names: string[] = [];
  for (let at = 8; at < view.byteLength; at += 12 + view.readUInt32BE(at)) {
    names.push(view.toString('latin1', at + 4, at + 8));
  }
  return names;
}
