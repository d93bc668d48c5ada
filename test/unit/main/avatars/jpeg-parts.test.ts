import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { pureJpeg } from '../../../../main/avatars/jpeg-parts.ts';

const jpeg = readFileSync('test/fixtures/pictures/baseline.jpg');
const FRAME = Buffer.from([0xff, 0xc0, 0, 11, 8, 0, 8, 0, 8, 1, 1, 0x11, 0]);

function segment(marker: number, content: string): Buffer {
  return Buffer.concat([
    Buffer.from([0xff, marker, 0, content.length + 2]),
    Buffer.from(content, 'latin1'),
  ]);
}

/** The JPEG with more behind its start. */
const withMore = (...more: readonly Buffer[]): Buffer =>
  Buffer.concat([jpeg.subarray(0, 2), ...more, jpeg.subarray(2)]);

it('keeps what is needed, and of all applications only how Adobe marks colours', () => {
  const adobe = segment(0xee, 'Adobe\0d\0\0\0\0\0');
  const others = [
    segment(0xe1, 'Exif\0\0GPS'),
    segment(0xfe, 'by somebody'),
    segment(0xee, 'other'),
  ];
  const pure = Buffer.from(pureJpeg(jpeg));
  expect(Buffer.from(pureJpeg(withMore(...others, adobe)))).toEqual(
    Buffer.concat([pure.subarray(0, 2), adobe, pure.subarray(2)]),
  );
  expect(pure.byteLength).toBeLessThan(jpeg.byteLength);
});

it.each([
  ['has a second frame', withMore(FRAME)],
  [
    'has a second frame where the decoder might look',
    withMore(segment(0xdb, `\0${FRAME.toString('latin1')}`)),
  ],
  ['has no frame', Buffer.from([0xff, 0xd8, 0xff, 0xd9])],
  ['has no end', jpeg.subarray(0, -2)],
  ['has something between its segments', withMore(Buffer.alloc(3))],
])('refuses a JPEG that %s', (_what, picture) => {
  expect(() => pureJpeg(picture)).toThrow();
});
