import * as fc from 'fast-check';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Past, tiersFor } from '../../../../../agent/health/past.ts';
import { stretchOf } from '../../../../../agent/health/past-stretch.ts';
import { envelope } from '../../../../../core/graphs/envelope.ts';
import type { EntityId } from '../../../../../core/domain/entity.ts';
import { ok } from '../../../../../core/lib/result.ts';
import type { StatisticsSample } from '../../../../../core/protocol/statistics-samples.ts';
import { HealthModel } from '../../../../../renderer/features/health/health-model.svelte.ts';
import type { ToGraphs } from '../../../../../renderer/workers/graphs/messages.ts';
import { Tracks } from '../../../../../renderer/workers/graphs/tracks.ts';

const HOST = 'admin@demo>atoll-01@demo' as EntityId;
const UUID = '11111111-2222-4333-8444-555555555555';
const CPU = `${HOST} cpu `;
const NOW = 1_764_000_000_000;
const DAY_MS = 86_400_000;
const HALF_STEP_MS = 150_000;
const PEAK = 93;

function sample(atMs: number, cpuPercent: number): StatisticsSample {
  const rates = { blockReadBytesPerSecond: 0, blockWrittenBytesPerSecond: 0 };
  const network = { networkReceivedBytesPerSecond: 0, networkSentBytesPerSecond: 0 };
  const memory = { memoryTotalBytes: 4096, memoryUsedBytes: 2048 };
  const machine = { uuid: UUID, cpuPercent, ...memory, ...rates, ...network };
  return { atMs, intervalMs: HALF_STEP_MS, hypervisors: [], machines: [machine] };
}

/** So many days of samples, of which one alone is high. */
function pastWithPeak(days: number, peakAt: number): Past {
  const past = new Past(tiersFor(1000));
  const count = (days * DAY_MS) / HALF_STEP_MS;
  for (let index = 0; index < count; index += 1) {
    past.add(sample(NOW - (count - index) * HALF_STEP_MS, index === peakAt ? PEAK : index % 7));
  }
  return past;
}

/** What the worker holds once a panel has asked that past for a range. */
async function shown(past: Past, rangeMs: number) {
  const tracks = new Tracks();
  const span = { from: 0, to: 0, columns: 400 };
  const tell = (message: ToGraphs) => {
    if (message.kind === 'span') Object.assign(span, { from: message.from, to: message.to });
    if (message.kind !== 'past') return;
    for (const one of message.tracks) tracks.replace(one, message.fromMs, message.stepMs);
  };
  const store = {
    history: async (wanted: Parameters<HealthStore['history']>[0]) =>
      ok(stretchOf(past, UUID, wanted)),
    watch: () => () => undefined,
  };
  const model = new HealthModel(store, { tell }, rangeMs);
  model.show([HOST]);
  const stop = model.run();
  await vi.waitUntil(() => model.isLoaded);
  stop();
  return { tracks, span };
}
type HealthStore = ConstructorParameters<typeof HealthModel>[0];

beforeEach(() => {
  vi.useFakeTimers({ now: NOW });
});
afterEach(() => {
  vi.useRealTimers();
});

it('shows the one high sample of a week, wherever it was', async () => {
  const places = fc.integer({ min: 2, max: (7 * DAY_MS) / HALF_STEP_MS - 1 });
  await fc.assert(
    fc.asyncProperty(places, async (place) => {
      const { tracks, span } = await shown(pastWithPeak(7, place), 7 * DAY_MS);
      const points = tracks.find(CPU)?.points;
      if (!points) throw new Error('There is no track of the processors');
      const drawn = envelope(points, span, tracks.gapOf(CPU)).flat();
      expect(Math.max(...drawn.map(({ high }) => high))).toBe(PEAK);
      const means = points.values.filter((value) => !Number.isNaN(value));
      expect(Math.max(...means)).toBeLessThan(PEAK);
    }),
    { numRuns: 12 },
  );
});

it('asks four weeks of an agent that keeps two, and shows the two without a gap', async () => {
  const { tracks, span } = await shown(pastWithPeak(14, 9), 28 * DAY_MS);
  const points = tracks.find(CPU)?.points;
  if (!points) throw new Error('There is no track of the processors');
  const runs = envelope(points, span, tracks.gapOf(CPU));
  expect(runs.length).toBe(1);
  const [first] = runs[0] ?? [];
  expect(first?.x).toBeLessThan(NOW - 13.9 * DAY_MS);
  const line = { track: CPU, label: '', colour: '', dash: [] };
  expect(tracks.facts(line, span.from, span.to)?.highest).toBe(PEAK);
});
