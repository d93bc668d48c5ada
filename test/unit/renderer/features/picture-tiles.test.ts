import { expect, it } from 'vitest';
import { tilesOf } from '../../../../renderer/features/console/picture-tiles.ts';

type Dot = readonly [x: number, y: number];

/** A black picture of 160 × 80, which has 50 squares, with white dots. */
function picture(...dots: readonly Dot[]) {
  const pixels = new Uint8ClampedArray(160 * 80 * 4);
  for (const [x, y] of dots) pixels.set([255, 255, 255, 255], (y * 160 + x) * 4);
  return tilesOf(pixels, 160, 80);
}

it('knows by its hashes which squares of a picture have changed', () => {
  const plain = picture();
  const changed = (...dots: readonly Dot[]) =>
    [...picture(...dots).hashes].flatMap((hash, at) => (hash === plain.hashes[at] ? [] : [at]));
  expect([plain.hashes.length, changed(), changed([0, 0], [15, 15])]).toEqual([50, [], [0]]);
  expect(changed([0, 0], [16, 0], [159, 79])).toEqual([0, 1, 49]);
  expect(picture([1, 0]).hashes[0]).not.toBe(picture([2, 0]).hashes[0]);
});
