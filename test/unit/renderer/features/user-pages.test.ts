import { expect, it } from 'vitest';
import { pagesOf } from '../../../../renderer/features/users/user-pages.svelte.ts';

it.each([
  [0, 30, [0]],
  [0, 51, [0, 1]],
  [40, 50, [0]],
  [24_990, 25_060, [499, 500, 501]],
  [0, 0, [0]],
])('rows %i to %i are on their pages', (start, end, pages) => {
  expect(pagesOf(start, end)).toEqual(pages);
});
