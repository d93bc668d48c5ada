import { expect, it } from 'vitest';
import type { QueryState } from '../../../../core/contract/queries.ts';
import { isOld } from '../../../../renderer/parts/answer-age.ts';

const NOW = 1_000_000;
const aged: QueryState = { name: 'stale', value: 1, at: NOW - 300_000 };

it('marks an answer by its age, unless it was brought up to date by pushes within a minute', () => {
  const at = [0, NOW - 60_000, NOW - 59_999, NOW].map((heardAt) => isOld(aged, heardAt, NOW));
  expect(at).toEqual([true, true, false, false]);
});

it('marks what could not be asked again, whatever is pushed', () => {
  const error = { code: 'offline', entity: 'atoll' } as const;
  expect([isOld({ ...aged, error }, NOW, NOW), isOld({ name: 'loading' }, 0, NOW)]).toEqual([
    true,
    false,
  ]);
});
