import { decode, encode } from 'fast-png';
import { describe, expect, it } from 'vitest';
import { fullPicture, thumbnail } from '../../../../agent/screen/picture.ts';
import { expectErr, expectOk } from '../../../support/expect-result.ts';

function pixmap(header: string, samples: readonly number[]) {
  const data = Uint8Array.from([...Buffer.from(header, 'latin1'), ...samples]);
  return { mime: 'image/x-portable-pixmap', data };
}

function pixels(png: Uint8Array): readonly number[] {
  return [...decode(png).data];
}

describe('a picture of a screen', () => {
  it('is made of a portable pixmap, whatever the white space and comments of its header', () => {
    const screen = pixmap('P6\n# QEMU\n2 1\n255\n', [255, 0, 0, 0, 0, 255]);
    const { png, ...size } = expectOk(fullPicture(screen));
    expect({ size, pixels: pixels(png) }).toEqual({
      size: { width: 2, height: 1 },
      pixels: [255, 0, 0, 0, 0, 255],
    });
  });

  it.each([
    [1, [7, 9], [7, 7, 7, 9, 9, 9]],
    [2, [7, 255, 9, 0], [7, 7, 7, 9, 9, 9]],
    [3, [1, 2, 3, 4, 5, 6], [1, 2, 3, 4, 5, 6]],
    [4, [1, 2, 3, 255, 4, 5, 6, 0], [1, 2, 3, 4, 5, 6]],
  ] as const)('is made of a PNG with %i channels', (channels, samples, colours) => {
    const data = encode({
      width: 2,
      height: 1,
      channels,
      depth: 8,
      data: Uint8Array.from(samples),
    });
    const picture = expectOk(fullPicture({ mime: 'image/png', data }));
    expect(pixels(picture.png)).toEqual(colours);
  });

  it('becomes a thumbnail of at most 216 by 162 pixels, its proportions kept', () => {
    const grey = new Array<number>(640 * 480 * 3).fill(100);
    const { png, ...size } = expectOk(thumbnail(pixmap('P6 640 480 255\n', grey)));
    expect({ size, grey: new Set(pixels(png)) }).toEqual({
      size: { width: 216, height: 162 },
      grey: new Set([100]),
    });
  });

  it('is never made larger', () => {
    const { width, height } = expectOk(thumbnail(pixmap('P6 2 1 255\n', [1, 2, 3, 4, 5, 6])));
    expect({ width, height }).toEqual({ width: 2, height: 1 });
  });

  it.each([
    ['an impossible size', pixmap('P6 99999 99999 255\n', [])],
    ['too little data', pixmap('P6 2 2 255\n', [1, 2, 3])],
    ['no size at all', pixmap('P6 0 0 255\n', [])],
    ['more levels than a byte holds', pixmap('P6 1 1 65535\n', [1, 2, 3, 4, 5, 6])],
    ['no header', pixmap('P6', [])],
    ['nonsense', { mime: 'image/png', data: Uint8Array.of(1, 2, 3) }],
  ])('is refused with a reason for %s', (_what, screen) => {
    expect(expectErr(fullPicture(screen))).toMatch(/^a (?:portable pixmap|picture|PNG) /u);
  });
});
