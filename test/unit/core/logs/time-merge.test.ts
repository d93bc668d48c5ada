import { expect, it } from 'vitest';
import { TimeMerge } from '../../../../core/logs/time-merge.ts';

interface Line {
  readonly timeMs: number | undefined;
  readonly text: string;
}

const line = (timeMs: number | undefined, text = String(timeMs)): Line => ({ timeMs, text });
const texts = (lines: readonly Line[]): string => lines.map(({ text }) => text).join(' ');

function merge(mostHeld = 1000): TimeMerge<Line> {
  return new TimeMerge<Line>({ patienceMs: 100, mostHeld });
}

it('puts lines of several sources into the order of time', () => {
  const merged = merge();
  for (const time of [1, 4, 5]) merged.add('a', line(time), 0);
  for (const time of [2, 3, 6]) merged.add('b', line(time), 50);
  expect([texts(merged.take(99)), texts(merged.take(100)), texts(merged.take(150))]).toEqual([
    '',
    '1 2 3 4 5',
    '6',
  ]);
});

it('keeps the order of a source, whatever its clock does', () => {
  const merged = merge();
  merged.add('a', line(9, 'first'), 0);
  merged.add('a', line(3, 'second'), 0);
  merged.add('a', line(undefined, 'third'), 0);
  merged.add('b', line(5, 'other'), 0);
  expect(texts(merged.take(0, true))).toBe('other first second third');
});

it('holds no more than it may', () => {
  const merged = merge(10);
  for (let time = 0; time < 25; time += 1) merged.add('a', line(time), 0);
  expect({ taken: merged.take(0).length, held: merged.size }).toEqual({ taken: 15, held: 10 });
});

it('loses and doubles nothing of many lines', () => {
  const merged = merge();
  const taken: Line[] = [];
  for (let round = 0; round < 5000; round += 1) {
    merged.add(['a', 'b', 'c'][round % 3] ?? '', line(round), round);
    taken.push(...merged.take(round));
  }
  taken.push(...merged.take(0, true));
  expect(taken.map(({ timeMs }) => timeMs)).toEqual(Array.from({ length: 5000 }, (_, at) => at));
});
