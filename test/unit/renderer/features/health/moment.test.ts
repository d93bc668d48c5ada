import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { err } from '../../../../../core/lib/result.ts';
import { HealthModel } from '../../../../../renderer/features/health/health-model.svelte.ts';

const NOW = 1_764_000_000_000;
const LENGTH = 60_000;

beforeEach(() => void vi.useFakeTimers({ now: NOW }));
afterEach(() => void vi.useRealTimers());

function model(): HealthModel {
  const store = {
    history: async () => err({ code: 'internal', reportId: 'none' } as const),
    watch: () => () => undefined,
  };
  return new HealthModel(store, { tell: vi.fn() }, LENGTH);
}

it('brings a moment of the past into the middle, and stands still there', () => {
  const made = model();
  const at = NOW - 600_000;
  made.reach(at);
  expect([made.span, made.isLive]).toEqual([{ from: at - LENGTH / 2, to: at + LENGTH / 2 }, false]);
  made.setLive(true);
  expect([made.span.to, made.isLive]).toEqual([NOW, true]);
});

it('moves nothing for a moment that is in sight', () => {
  const made = model();
  made.reach(NOW - LENGTH + 1);
  expect([made.span.to, made.isLive]).toEqual([NOW, true]);
});

it('goes no further than now', () => {
  const made = model();
  made.pan(-5);
  made.reach(NOW - 1000);
  expect([made.span.to, made.isLive]).toEqual([NOW, true]);
});
