import { expect, it } from 'vitest';
import { scrollFor } from '../../../../renderer/views/dock/tabs-in-sight.ts';

it.each([
  ['stays where the tab is whole in sight', { start: 120, end: 240 }, 100, 100],
  ['goes back to a tab that begins before it', { start: 40, end: 160 }, 100, 40],
  ['goes on until the end of a tab is seen', { start: 320, end: 440 }, 100, 140],
  [
    'shows the beginning of a tab that is longer than the strip',
    { start: 350, end: 700 },
    100,
    350,
  ],
] as const)('the strip of tabs %s', (_what, tab, scrolled, expected) => {
  expect(scrollFor(tab, scrolled, 300)).toBe(expected);
});
