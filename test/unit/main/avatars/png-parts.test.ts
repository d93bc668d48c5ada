import { deflateSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { isOfItsSize, type PngHeader } from '../../../../main/avatars/png-parts.ts';

const HEADER: PngHeader = { width: 8, height: 8, depth: 8, colourType: 2, isInterlaced: false };
const whole = new Uint8Array();

it('inflates no more than a slice over what the header claims', () => {
  const bomb = deflateSync(new Uint8Array(1_048_576));
  const read: string[] = [];
  const chunks = [bomb.subarray(0, 900), bomb.subarray(900)].map((content, at) => ({
    name: 'IDAT',
    whole,
    get content() {
      read.push(`part ${at + 1}`);
      return content;
    },
  }));
  expect({ isOfItsSize: isOfItsSize(HEADER, chunks), read }).toEqual({
    isOfItsSize: false,
    read: ['part 1'],
  });
});

it.each([
  ['in rows', HEADER, 8 * 25],
  ['in rows of bits', { ...HEADER, depth: 1, colourType: 0, width: 9 }, 8 * 3],
  // Passes of 1 by 1, none, none, 1 by 1, 2 by 1, 1 by 2 and 3 by 1 pixels, each row with its filter.
  ['in passes', { ...HEADER, width: 3, height: 3, isInterlaced: true }, 1 + 3 + 4 + 7 + 8 + 10],
])('knows how long a picture is %s', (_what, header, bytes) => {
  const isRight = [-1, 0, 1].map((more) => {
    const content = deflateSync(new Uint8Array(bytes + more));
    return isOfItsSize(header, [{ name: 'IDAT', whole, content }]);
  });
  expect(isRight).toEqual([false, true, false]);
});
