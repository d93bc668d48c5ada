import { describe, expect, it } from 'vitest';
import {
  difference,
  divergent,
  tilesOf,
} from '../../../../renderer/features/console/picture-tiles.ts';

/** A black picture of 160 × 80, which has 50 squares, with white dots. */
function picture(...dots: readonly (readonly [x: number, y: number])[]) {
  const pixels = new Uint8ClampedArray(160 * 80 * 4);
  for (const [x, y] of dots) pixels.set([255, 255, 255, 255], (y * 160 + x) * 4);
  return tilesOf(pixels, 160, 80);
}

describe('the pictures of screens that are typed into at once', () => {
  it('differ by the share of squares in which a pixel differs', () => {
    const plain = picture();
    expect([
      difference(plain, picture()),
      difference(plain, picture([0, 0], [15, 15])),
      difference(plain, picture([0, 0], [16, 0], [159, 79])),
      difference(picture([1, 0]), picture([2, 0])),
      difference(plain, tilesOf(new Uint8ClampedArray(80 * 80 * 4), 80, 80)),
    ]).toEqual([0, 0.02, 0.06, 0.02, 1]);
  });

  it('are marked where they are not as most are, unless it is no more than a name', () => {
    const pictures = new Map([
      ['same', picture()],
      ['name', picture([3, 3])],
      ['error', picture([0, 0], [40, 40], [80, 40])],
      ['also same', picture()],
    ]);
    expect(divergent(pictures)).toEqual(new Map([['error', 0.06]]));
  });

  it('are not judged where none has their size', () => {
    const small = tilesOf(new Uint8ClampedArray(16 * 16 * 4), 16, 16);
    expect(
      divergent(
        new Map([
          ['a', picture()],
          ['b', small],
        ]),
      ),
    ).toEqual(new Map());
  });
});
