import { expect, it } from 'vitest';
import { pastOfOriginal } from '../../../../client/statistics/original-past.ts';

function sample(seconds: number, idlePercent: number, deltaBytes: number) {
  const date = `2015-03-24 10:28:${String(seconds).padStart(2, '0')}.500000`;
  const memory = { totalKib: 4, usedKib: 3, freeKib: 1, swappedKib: 0, sharedKib: seconds };
  return {
    memory: { date, ...memory },
    cpu: { date, idlePercent },
    load: { one: 0.5, five: 0.4, fifteen: 0.3 },
    networks: [{ name: 'eth0', deltaBytes }],
  };
}

it('puts the samples of an original agent in order, the shared memory too, in our units', () => {
  const past = pastOfOriginal(
    [sample(12, 90, 600), sample(6, 20, 1200), sample(0, 100, 0)],
    60_000,
  );
  expect(past).toMatchObject({ fromMs: 48_000, stepMs: 6000, count: 3 });
  const valuesOf = (name: string) => past.series.find((one) => one.name === name)?.values;
  expect(valuesOf('cpu')).toEqual([0, 80, 10]);
  expect(valuesOf('memory-shared')).toEqual([0, 6 * 1024, 12 * 1024]);
  expect(valuesOf('memory-used')).toEqual([3072, 3072, 3072]);
  expect(valuesOf('network-received')).toEqual([0, 200, 100]);
});

it('takes nothing for a past, and no dates for the usual interval', () => {
  expect(pastOfOriginal([], 60_000)).toMatchObject({ count: 0, fromMs: 60_000 });
  const dated = sample(0, 1, 1);
  const memory = { totalKib: 4, usedKib: 3, freeKib: 1, swappedKib: 0, sharedKib: 0 };
  const undated = { ...dated, memory, cpu: { idlePercent: 1 } };
  expect(pastOfOriginal([undated, undated], 60_000).stepMs).toBe(5000);
});
