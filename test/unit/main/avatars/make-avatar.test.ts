import { readFileSync } from 'node:fs';
import { decode } from 'fast-png';
import { describe, expect, it } from 'vitest';
import { makeAvatar } from '../../../../main/avatars/make-avatar.ts';
import { chunk, chunkNames, header, plainPng, png } from '../../../support/pictures.ts';

const RED = [200, 30, 40, 255];
const BLUE = [20, 60, 220, 255];

const fixture = (name: string): Buffer => readFileSync(`test/fixtures/pictures/${name}`);
/** A JPEG with a segment behind its start. */
function withSegment(jpeg: Buffer, marker: number, content: Uint8Array): Buffer {
  const head = Buffer.from([0xff, marker, 0, content.byteLength + 2]);
  return Buffer.concat([jpeg.subarray(0, 2), head, content, jpeg.subarray(2)]);
}

/** What an avatar shows at some places, when it is a PNG of nothing but pixels. */
function seen(picture: Uint8Array, ...places: readonly (readonly [x: number, y: number])[]) {
  const made = makeAvatar(picture) ?? new Uint8Array();
  const { width, height, data } = decode(made, { checkCrc: true });
  return {
    chunks: chunkNames(made),
    size: [width, height],
    pixels: places.map(([x, y]) => [
      ...data.subarray((y * width + x) * 4, (y * width + x + 1) * 4),
    ]),
  };
}

const OURS = ['IHDR', 'IDAT', 'IEND'];
const ANIMATION = [chunk('acTL', Buffer.alloc(8)), chunk('fcTL', Buffer.alloc(26))];
const PALETTE = chunk('PLTE', Buffer.from([200, 30, 40, 20, 60, 220]));

describe('an avatar', () => {
  it('is no longer than 96 pixels on either side, in the colours and the shape of the picture', () => {
    expect(seen(plainPng(200, 100), [0, 0], [95, 47])).toEqual({
      chunks: OURS,
      size: [96, 48],
      pixels: [RED, RED],
    });
    expect(seen(plainPng(1, 1024), [0, 95])).toEqual({
      chunks: OURS,
      size: [1, 96],
      pixels: [RED],
    });
    expect(seen(plainPng(20, 10), [19, 9])).toEqual({
      chunks: OURS,
      size: [20, 10],
      pixels: [RED],
    });
  });

  it('mixes colours by how much of them is seen', () => {
    const row = Buffer.from([
      0,
      ...Array.from({ length: 96 }, () => [255, 0, 0, 255, 0, 255, 0, 0]).flat(),
    ]);
    const picture = png({ width: 192, height: 1, depth: 8, colourType: 6, rows: row });
    expect(seen(picture, [0, 0]).pixels).toEqual([[255, 0, 0, 128]]);
  });

  it.each([
    [
      '16 bits a sample',
      { width: 1, height: 1, depth: 16, colourType: 2, rows: [0, 200, 200, 30, 30, 40, 40] },
      RED,
    ],
    [
      'grey of one bit',
      { width: 2, height: 1, depth: 1, colourType: 0, rows: [0, 0x80] },
      [255, 255, 255, 255],
    ],
    [
      'grey with opacity',
      { width: 1, height: 1, depth: 8, colourType: 4, rows: [0, 80, 90] },
      [80, 80, 80, 90],
    ],
    [
      'a palette',
      { width: 2, height: 1, depth: 2, colourType: 3, rows: [0, 0x40], before: [PALETTE] },
      BLUE,
    ],
    [
      'a palette of which one can be seen through',
      {
        width: 2,
        height: 1,
        depth: 8,
        colourType: 3,
        rows: [0, 0, 1],
        before: [PALETTE, chunk('tRNS', Buffer.from([7]))],
      },
      [200, 30, 40, 7],
    ],
    [
      'a colour that is not seen',
      {
        width: 3,
        height: 1,
        depth: 8,
        colourType: 2,
        rows: [0, 1, 2, 3, 9, 9, 9, 9, 9, 9],
        before: [chunk('tRNS', Buffer.from([0, 1, 0, 2, 0, 3]))],
      },
      [1, 2, 3, 0],
    ],
    [
      'rows that are interlaced',
      {
        width: 2,
        height: 2,
        depth: 8,
        colourType: 2,
        isInterlaced: true,
        rows: [0, 200, 30, 40, 0, 9, 9, 9, 0, 20, 60, 220, 20, 60, 220],
      },
      RED,
    ],
  ] as const)('is made of a PNG with %s', (_what, plan, first) => {
    expect(seen(png({ ...plan, rows: Uint8Array.from(plan.rows) }), [0, 0]).pixels).toEqual([
      first,
    ]);
  });

  it.each(['baseline.jpg', 'progressive.jpg'])('is made of a JPEG: %s', (name) => {
    const { chunks, size, pixels } = seen(fixture(name), [2, 2], [21, 13]);
    expect({ chunks, size }).toEqual({ chunks: OURS, size: [24, 16] });
    for (const [at, wanted] of [RED, BLUE].entries()) expectNear(pixels[at], wanted);
  });

  it('is made of a JPEG for printers, and of a grey one', () => {
    expectNear(seen(fixture('cmyk.jpg'), [2, 2]).pixels[0], RED);
    expectNear(seen(fixture('grey.jpg'), [2, 2]).pixels[0], [82, 82, 82, 255]);
  });

  it('tells nothing that the picture carried with it', () => {
    const place = Buffer.from('Exif\0\0MM\0*GPS 48.8566 N', 'latin1');
    const photo = withSegment(fixture('baseline.jpg'), 0xe1, place);
    const named = plainPng(8, 8, { before: [chunk('tEXt', Buffer.from('Author\0Somebody'))] });
    expect([photo, named].map((one) => seen(one).chunks)).toEqual([OURS, OURS]);
    expect(Buffer.from(makeAvatar(photo)!).includes('GPS')).toBe(false);
  });

  it('is the still picture of one that moves', () => {
    const frame = chunk('fdAT', Buffer.from([0, 0, 0, 1, 9, 9]));
    expect(seen(plainPng(8, 8, { before: ANIMATION, behind: [frame] }), [0, 0])).toEqual({
      chunks: OURS,
      size: [8, 8],
      pixels: [RED],
    });
  });

  it('is made without a look at a profile of colours', () => {
    const profile = chunk('iCCP', Buffer.from('name\0\0this does not inflate'));
    expect(seen(plainPng(8, 8, { before: [profile] }), [0, 0]).pixels).toEqual([RED]);
  });
});

const MEBIBYTE = 1_048_576;
const wrongSum = plainPng(8, 8);
wrongSum.writeUInt8(wrongSum.readUInt8(wrongSum.byteLength - 20) ^ 1, wrongSum.byteLength - 20);
const baseline = fixture('baseline.jpg');
const frameAt = baseline.indexOf(Buffer.from([0xff, 0xc0]));
const bitmap = { width: 8, height: 8, depth: 8, colourType: 2 };

it.each([
  ['is cut off', plainPng(8, 8).subarray(0, -14)],
  ['has no end', plainPng(8, 8).subarray(0, -12)],
  ['was changed on its way', wrongSum],
  ['inflates to more than it claims', png({ ...bitmap, rows: new Uint8Array(16 * MEBIBYTE) })],
  ['inflates to less than it claims', png({ ...bitmap, rows: new Uint8Array(100) })],
  ['has a second header', plainPng(8, 8, { behind: [header({ ...bitmap, width: 4 })] })],
  [
    'has packed samples that are interlaced',
    png({
      width: 3,
      height: 1,
      depth: 1,
      colourType: 0,
      isInterlaced: true,
      rows: Uint8Array.of(0, 0),
    }),
  ],
  [
    'has a colour that is not in its palette',
    png({
      width: 1,
      height: 1,
      depth: 8,
      colourType: 3,
      rows: Uint8Array.of(0, 7),
      before: [PALETTE],
    }),
  ],
  [
    'has more colours than a sample can name',
    png({
      width: 1,
      height: 1,
      depth: 8,
      colourType: 3,
      rows: Uint8Array.of(0, 0),
      before: [chunk('PLTE', Buffer.alloc(257 * 3))],
    }),
  ],
  [
    'has no palette',
    png({ width: 1, height: 1, depth: 8, colourType: 3, rows: Uint8Array.of(0, 0) }),
  ],
  ['claims to be large', plainPng(1025, 1)],
  ['claims to be nothing', png({ ...bitmap, width: 0, rows: Uint8Array.of(0) })],
  ['is long', Buffer.concat([plainPng(8, 8), Buffer.alloc(MEBIBYTE)])],
  ['is a JPEG that is cut off', baseline.subarray(0, -40)],
  [
    'is a JPEG without a table',
    Buffer.concat([baseline.subarray(0, 2), baseline.subarray(frameAt)]),
  ],
  ['is no picture that is known', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>')],
  ['is nothing', Buffer.alloc(0)],
])('there is none of a picture that %s', (_what, picture) => {
  expect(makeAvatar(picture)).toBeUndefined();
});

/** JPEG keeps colours nearly. */
function expectNear(pixel: readonly number[] | undefined, wanted: readonly number[]): void {
  const distance = wanted.map((value, at) => Math.abs(value - (pixel?.[at] ?? -255)));
  expect(Math.max(...distance)).toBeLessThan(12);
}
