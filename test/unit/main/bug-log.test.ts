import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { BugLog } from '../../../main/report/bug-log.ts';

const stops: (() => void)[] = [];

beforeEach(() => {
  vi.spyOn(process.stderr, 'write').mockReturnValue(true);
});

afterEach(() => {
  for (const stop of stops.splice(0)) stop();
});

it('keeps the last hundred under numbers that go on, without their secrets', () => {
  const bugs = new BugLog((text) => text.replaceAll('hunter2', '•••'));
  const ids = Array.from({ length: 101 }, () => bugs.note('client', 'hunter2 was thrown'));
  expect([ids[0], ids.at(-1)]).toEqual(['B001', 'B101']);
  expect(bugs.list()).toHaveLength(100);
  expect(bugs.list().at(-1)).toMatch(/^B101 \S+ client: ••• was thrown$/u);
});

it('keeps what nobody caught for as long as it watches', () => {
  const bugs = new BugLog((text) => text);
  const before = process.listenerCount('unhandledRejection');
  const stop = bugs.watchProcess();
  stops.push(stop);
  const [listener] = process.listeners('unhandledRejection').slice(-1);
  listener?.(new Error('nobody waits for this'), Promise.resolve());
  expect(bugs.list()).toEqual([expect.stringContaining('uncaught: Error: nobody waits for this')]);
  stop();
  expect(process.listenerCount('unhandledRejection')).toBe(before);
});
