import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { markPhase } from '../../../../renderer/state/mark-phase.ts';

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('requestAnimationFrame', (callback: () => void) => setTimeout(callback, 16));
  vi.stubGlobal('cancelAnimationFrame', (timer: number) => clearTimeout(timer));
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

function marked(name: string) {
  const told: string[] = [];
  const takeBack = markPhase(
    {
      measured: async ({ name }) => {
        told.push(name);
        return { ok: true, value: undefined };
      },
    },
    name,
  );
  return { told, takeBack };
}

it('tells of a phase once what was drawn is on the screen', () => {
  const { told } = marked('roster');
  const before = [...told];
  vi.runAllTimers();
  expect({ before, after: told }).toEqual({ before: [], after: ['roster'] });
});

it('says nothing of what was taken back before', () => {
  const { told, takeBack } = marked('roster');
  takeBack();
  vi.runAllTimers();
  expect(told).toEqual([]);
});
