import { expect, it } from 'vitest';
import { WaitingLine } from '../../../../client/requests/waiting-line.ts';

function lineOf(...values: readonly string[]): WaitingLine<string> {
  const line = new WaitingLine<string>();
  for (const value of values) line.add(value);
  return line;
}

it('keeps the order in which they came, whoever leaves', () => {
  const line = lineOf('a', 'b', 'c', 'd', 'e');
  for (const value of ['c', 'a', 'e', 'nobody']) line.delete(value);
  line.add('b');
  line.add('f');
  expect([[...line], line.size]).toEqual([['b', 'd', 'f'], 3]);
});

it('begins anew when all have left', () => {
  const line = lineOf('a');
  line.delete('a');
  line.add('b');
  line.add('a');
  expect([...line]).toEqual(['b', 'a']);
});

it('goes on to the next where those who are met leave, with others', () => {
  const line = lineOf('a', 'b', 'c', 'd');
  const met: string[] = [];
  for (const value of line) {
    met.push(value);
    line.delete(value);
    if (value === 'a') line.delete('b');
  }
  expect([met, line.size]).toEqual([['a', 'c', 'd'], 0]);
});
