import { expect, it, vi } from 'vitest';
import { ScreenLook } from '../../../../renderer/features/console/screen-look.svelte.ts';
import type { Scale, Screen } from '../../../../renderer/features/console/screen.ts';

/** A screen of which only the scale is used, fitted in at so many of our pixels for one of its own. */
function fittedAt(shownScale: number) {
  const asked: Scale[] = [];
  const screen: Pick<Screen, 'setScale' | 'setQuality' | 'addEventListener' | 'shownScale'> = {
    shownScale,
    setScale: (scale) => void asked.push(scale),
    setQuality: vi.fn(),
    addEventListener: vi.fn(),
  };
  const look = new ScreenLook();
  look.use(screen as Screen);
  return { asked, look };
}

it('enlarges a screen that is fitted in from the size in which it is seen', () => {
  const { asked, look } = fittedAt(1.5);
  look.zoomBy(1.25);
  expect([look.scale, asked]).toEqual([1.875, ['fit', 1.875]]);
});

it('reduces it from there too, and never out of sight', () => {
  const { look } = fittedAt(0.5);
  look.zoomBy(0.8);
  expect(look.scale).toBeCloseTo(0.4);
  for (let step = 0; step < 20; step += 1) look.zoomBy(0.8);
  expect(look.scale).toBe(0.25);
});

it('says whether it is fitted in', () => {
  const { look } = fittedAt(1.5);
  expect(look.scale).toBe('fit');
  look.setScale(1);
  expect(look.scale).toBe(1);
  look.setScale('fit');
  expect(look.scale).toBe('fit');
});
