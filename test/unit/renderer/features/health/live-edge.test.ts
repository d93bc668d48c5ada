import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { EntitySample } from '../../../../../core/contract/statistics.ts';
import type { EntityId } from '../../../../../core/domain/entity.ts';
import { downsample } from '../../../../../core/graphs/downsample.ts';
import { ok } from '../../../../../core/lib/result.ts';
import type { StatisticsHistory } from '../../../../../core/protocol/statistics.ts';
import { trackOf } from '../../../../../renderer/features/health/graph-plan.ts';
import { HealthModel } from '../../../../../renderer/features/health/health-model.svelte.ts';
import type { ToGraphs } from '../../../../../renderer/workers/graphs/messages.ts';
import { Tracks } from '../../../../../renderer/workers/graphs/tracks.ts';

const WEB = 'admin@demo>web@demo' as EntityId;
const NOW = 1_764_000_000_000;
const CPU = trackOf({ entity: WEB, name: 'cpu' });

beforeEach(() => void vi.useFakeTimers({ now: NOW }));
afterEach(() => void vi.useRealTimers());

function sample(at: number, names: readonly string[] = []): EntitySample {
  const networks = names.map((name) => {
    return { name, receivedBytesPerSecond: 1, sentBytesPerSecond: 1 };
  });
  const sizes = { memoryTotalBytes: 1, memoryUsedBytes: 1, memorySharedBytes: 0 };
  const rest = { memorySwappedBytes: 0, load1: 0, load5: 0, load15: 0, partitions: [] };
  const disk = { diskTotalBytes: 1, diskUsedBytes: 1 };
  const values = { cpuPercent: 5, ...sizes, ...rest, ...disk, networks };
  return { kind: 'hypervisor', entity: WEB, at, values };
}

/** A model whose agent tells this past, and the tracks that its messages fill. */
function opened(past: StatisticsHistory) {
  const tracks = new Tracks();
  const tell = (message: ToGraphs) => {
    if (message.kind === 'keep') tracks.keepOnly(new Set(message.tracks));
    if (message.kind === 'past') {
      for (const one of message.tracks) tracks.replace(one, message.fromMs, message.stepMs);
    }
    if (message.kind === 'sample') {
      for (const [track, value] of message.values) tracks.append(track, message.at, value);
    }
  };
  const watched: string[] = [];
  const store = {
    history: async () => {
      watched.push('asked');
      return ok(past);
    },
    watch: () => {
      watched.push('watched');
      return () => void watched.push('ended');
    },
  };
  return { model: new HealthModel(store, { tell }, 60_000), tracks, watched };
}

function pastOf(values: readonly (number | null)[]): StatisticsHistory {
  const stepMs = 1000;
  const fromMs = NOW - values.length * stepMs;
  const series = [{ name: 'cpu', values } as const];
  return { fromMs, stepMs, count: values.length, tierSeconds: 1, oldestMs: fromMs, series };
}

it('joins the samples that come to the past, whose last seconds are not measured yet', async () => {
  const { model, tracks } = opened(pastOf([1, 2, null, 4, null, null, null]));
  model.show([WEB]);
  const stop = model.run();
  await vi.waitUntil(() => model.isLoaded);
  model.take([sample(NOW + 1000)]);
  stop();
  const points = tracks.find(CPU)?.points;
  if (!points) throw new Error('There is no track of the processors');
  const span = { from: NOW - 10_000, to: NOW + 2000, columns: 1000 };
  const drawn = downsample(points, span, tracks.gapOf(CPU)).map(({ y }) => y);
  expect(drawn).toEqual([1, 2, Number.NaN, 4, 5]);
});

it('draws no rate of the first sample of an agent, and what it holds', async () => {
  const { model, tracks } = opened(pastOf([]));
  model.show([WEB]);
  model.take([{ ...sample(NOW, ['eth0']), isFirst: true }]);
  const names = model.known.map(({ name }) => name);
  expect([names.includes('memory-used'), names.includes('network-sent')]).toEqual([true, false]);
  expect(tracks.find(CPU)).toBeUndefined();
  model.take([sample(NOW + 1000, ['eth0'])]);
  expect(Array.from(tracks.find(CPU)?.points.values ?? [])).toEqual([5]);
});

it('forgets what it showed of others, and keeps no more series than it can draw', async () => {
  const { model, tracks } = opened(pastOf([1]));
  model.show([WEB]);
  const stop = model.run();
  await vi.waitUntil(() => model.isLoaded);
  const names = Array.from({ length: 3000 }, (_, index) => `eth${index}`);
  model.take([sample(NOW, names)]);
  expect(model.known.length).toBe(1000);
  stop();
  model.show(['admin@demo>mail@demo' as EntityId]);
  expect([tracks.find(CPU), model.known]).toEqual([undefined, []]);
});

it('measures nothing while nobody sees it, and asks for what was missed when somebody does', async () => {
  const { model, tracks, watched } = opened(pastOf([1, 2]));
  model.show([WEB]);
  expect(watched).toEqual([]);
  model.run()();
  await vi.waitUntil(() => model.isLoaded);
  vi.advanceTimersByTime(120_000);
  const stop = model.run();
  expect(watched).toEqual(['asked', 'watched', 'ended', 'asked', 'watched']);
  expect(model.span.to).toBe(Date.now());
  stop();
  expect(tracks.find(CPU)?.points.times.length).toBe(2);
});
