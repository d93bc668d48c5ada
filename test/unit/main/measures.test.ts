import { expect, it } from 'vitest';
import { Measures } from '../../../main/measures/measures.ts';

it('keeps the last five hundred measures', () => {
  const measures = new Measures();
  for (let index = 0; index < 600; index += 1) measures.note('long-task', `task ${index}`, index);
  const kept = measures.list();
  expect({ count: kept.length, first: kept[0]?.name, last: kept.at(-1)?.milliseconds }).toEqual({
    count: 500,
    first: 'task 100',
    last: 599,
  });
});

it('notes a phase with the time since the process began', () => {
  const measures = new Measures();
  measures.phase('window');
  const [phase] = measures.list();
  expect(phase).toMatchObject({ kind: 'phase', name: 'window' });
  expect(phase?.milliseconds).toBeGreaterThan(0);
});
