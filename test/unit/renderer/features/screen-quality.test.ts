import { expect, it } from 'vitest';
import type { DrawnQuality } from '../../../../renderer/features/console/screen-quality.ts';
import { suitableQuality } from '../../../../renderer/features/console/screen-quality.ts';

it('draws as is chosen, however slow the line is', () => {
  expect(suitableQuality('sharp', 'balanced', 2000)).toBe('sharp');
  expect(suitableQuality('slow-line', 'balanced', 1)).toBe('slow-line');
});

it('follows the time that the guest takes to react, and does not waver between two', () => {
  const seen: DrawnQuality[] = [];
  let drawn: DrawnQuality = 'balanced';
  for (const reaction of [undefined, 50, 110, 130, 200, 260, 200, 140, 100]) {
    drawn = suitableQuality('auto', drawn, reaction);
    seen.push(drawn);
  }
  expect(seen).toEqual([
    ...['balanced', 'sharp', 'sharp', 'balanced', 'balanced'],
    ...['slow-line', 'slow-line', 'balanced', 'balanced'],
  ]);
});
