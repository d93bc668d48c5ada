import { expect, it } from 'vitest';
import { MOST_BYTES, Tracks } from '../../../../renderer/workers/graphs/tracks.ts';

function filled(count: number, points: number): Tracks {
  const tracks = new Tracks();
  const values = Array.from({ length: points }, (_, index) => index);
  for (let index = 0; index < count; index += 1) {
    tracks.replace({ track: `t${index}`, values }, 0, 1000);
  }
  return tracks;
}

it('bounds what all tracks of a panel take of memory, and keeps the newest of each', () => {
  const tracks = filled(400, 10_000);
  expect(tracks.bytes).toBeLessThanOrEqual(MOST_BYTES);
  const kept = tracks.find('t7')?.points.times;
  expect(kept?.at(-1)).toBe(9_999_000);
  expect(kept?.length).toBeGreaterThan(2000);
});

it('gives room back to those that stay', () => {
  const tracks = filled(400, 100);
  tracks.keepOnly(new Set(['t1']));
  expect([tracks.find('t0'), tracks.find('t1')?.points.times.length]).toEqual([undefined, 100]);
  for (let index = 0; index < 50_000; index += 1) tracks.append('t1', 1_000_000 + index, index);
  expect(tracks.find('t1')?.points.times.length).toBe(50_000);
});

it('makes no track by being asked for one', () => {
  const tracks = filled(1, 10);
  const line = { track: 'unknown', label: '', colour: '', dash: [] };
  expect([tracks.facts(line, 0, 1), tracks.find('unknown')]).toEqual([undefined, undefined]);
});

it('tells the newest, lowest and highest in sight, with the extremes of what a value stands for', () => {
  const tracks = new Tracks();
  const lows = [0, 2, null, 1, 9];
  tracks.replace(
    { track: 'cpu', values: [50, 5, null, 7, 99], range: { lows, highs: [60, 8, null, 30, 99] } },
    0,
    1000,
  );
  const line = { track: 'cpu', label: '', colour: '', dash: [] };
  expect(tracks.facts(line, 1000, 3000)).toEqual({ newest: 7, lowest: 1, highest: 30 });
  expect(tracks.facts(line, 2000, 2500)).toBeUndefined();
});
