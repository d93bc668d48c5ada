import { expect, it } from 'vitest';
import type { Figure } from '../../../bench/measuring/bench.ts';
import { median, percentile, rowText, summarise } from '../../../bench/measuring/summary.ts';

function figure(name: string, value: number, peer: number): Figure {
  return { name, value, unit: 's', peer: { name: 'a peer', value: peer } };
}

it('takes the value in the middle, or between the two in the middle', () => {
  expect([[3], [9, 1, 2], [4, 1, 2, 9]].map(median)).toEqual([3, 2, 3]);
});

it('takes the slowest of a hundred, and nothing of nothing', () => {
  const values = Array.from({ length: 200 }, (_, at) => 200 - at);
  expect([percentile(values, 99), percentile(values, 50), percentile([], 99)]).toEqual([
    199, 101, 0,
  ]);
});

it('gives the median of each figure over all runs, and how it stands to the peer', () => {
  const runs = [
    [figure('one', 4, 10), figure('two', 1, 1)],
    [figure('one', 100, 8), figure('two', 2, 1)],
    [figure('one', 5, 12), figure('two', 3, 4)],
  ];
  const rest = { unit: 's', peer: 'a peer', runs: 3 };
  expect(summarise(runs)).toEqual([
    { name: 'one', value: 5, ratio: 0.5, ...rest },
    { name: 'two', value: 2, ratio: 2, ...rest },
  ]);
});

it('tells a row in words', () => {
  const [row] = summarise([[figure('one', 1.23456, 10)]]);
  expect(row && rowText(row)).toBe('one: 1.23 s, 0.123 of a peer (one run)');
});
