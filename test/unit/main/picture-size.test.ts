import { expect, it } from 'vitest';
import { pictureSize } from '../../../main/windows/picture-size.ts';

const START = [0xff, 0xd8];
const APPLICATION = [0xff, 0xe0, 0x00, 0x04, 0x00, 0x00];

function frame(width: number, height: number): readonly number[] {
  const sides = [height >> 8, height & 0xff, width >> 8, width & 0xff];
  return [0xff, 0xc0, 0x00, 0x11, 0x08, ...sides, 0x03, 0x00, 0x00];
}

function png(chunk: string): Buffer {
  const sides = Buffer.from([0, 0, 0, 40, 0, 0, 0, 30]);
  return Buffer.concat([Buffer.from(`\x89PNG\r\n\x1a\n\0\0\0\r${chunk}`, 'latin1'), sides]);
}

it('reads the size of a PNG from its first chunk, which has to be the header', () => {
  expect(pictureSize(png('IHDR'))).toEqual([40, 30]);
  expect(pictureSize(png('teXt'))).toBeUndefined();
});

it('reads the size of a JPEG from its frame, behind other segments', () => {
  expect(pictureSize(Buffer.from([...START, ...APPLICATION, ...frame(320, 200)]))).toEqual([
    320, 200,
  ]);
});

it.each([
  ['a fill byte', [0xff]],
  ['a marker without a length', [0xff, 0xd0]],
])('trusts no JPEG in which %s hides the real frame behind a modest one', (_what, hiding) => {
  const real = frame(65_500, 65_500);
  // Read as a length, what follows the marker leads past the real frame to this one.
  const bytes = [...START, ...hiding, ...real];
  const length = ((bytes[4] ?? 0) << 8) | (bytes[5] ?? 0);
  const gap = Array.from({ length: Math.max(0, 4 + length - bytes.length) }, () => 0);
  expect(pictureSize(Buffer.from([...bytes, ...gap, ...frame(16, 16)]))).toBeUndefined();
});

it('knows no size of what is no picture', () => {
  expect(pictureSize(Buffer.from('<svg width="9" height="9"/>'))).toBeUndefined();
  expect(pictureSize(new Uint8Array())).toBeUndefined();
});
