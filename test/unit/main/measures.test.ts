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

it('notes a phase once, with the time since the process was created', () => {
  const measures = new Measures(Date.now() - 5000);
  measures.phase('window');
  measures.phase('window');
  const phases = measures.list();
  expect(phases).toMatchObject([{ kind: 'phase', name: 'window' }]);
  expect(phases[0]?.milliseconds).toBeGreaterThanOrEqual(5000);
});
