import { expect, it } from 'vitest';
import { collectAtRest } from '../../../../main/memory/collect-at-rest.ts';
import { ManualTime } from '../../../support/manual-time.ts';

const MB = 1024 * 1024;

/** A process of which a test says how busy it is and what it takes. */
function watched(heapMb: number) {
  const clock = new ManualTime();
  const state = { busyMs: 0, heapMb, collections: 0 };
  const stop = collectAtRest(
    {
      busyMs: () => state.busyMs,
      heapBytes: () => state.heapMb * MB,
      collect: () => {
        state.collections += 1;
        state.heapMb = 20;
      },
    },
    clock,
  );
  const pass = async (busyMs: number, seconds: number): Promise<void> => {
    for (let second = 0; second < seconds; second += 1) {
      state.busyMs += busyMs;
      await clock.pass(1000);
    }
  };
  return { state, pass, stop };
}

it('gives back what a burst left, once it is over for a while', async () => {
  const { state, pass } = watched(100);
  await pass(300, 60);
  expect(state.collections).toBe(0);
  await pass(10, 10);
  expect(state.collections).toBe(0);
  await pass(10, 20);
  expect(state.collections).toBe(1);
});

it('does it once, until enough has come that it is worth it', async () => {
  const { state, pass } = watched(100);
  await pass(10, 300);
  state.heapMb = 40;
  await pass(10, 300);
  expect(state.collections).toBe(1);
  state.heapMb = 60;
  await pass(10, 30);
  expect(state.collections).toBe(2);
});

it('leaves alone what is small, and nothing is done once it was stopped', async () => {
  const { state, pass, stop } = watched(20);
  await pass(10, 60);
  state.heapMb = 100;
  stop();
  await pass(10, 60);
  expect(state.collections).toBe(0);
});
