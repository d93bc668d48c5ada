import { describe, expect, it } from 'vitest';
import { machineSample } from '../../../../agent/health/machine-rates.ts';
import { SampleRing } from '../../../../agent/health/sample-ring.ts';
import type { StatisticsSource } from '../../../../agent/health/statistics-source.ts';
import { StatisticsSubscriptions } from '../../../../agent/health/statistics-subscriptions.ts';
import type { DomainStatistics } from '../../../../agent/hypervisor/statistics.ts';
import type { StatisticsSample } from '../../../../core/protocol/statistics-samples.ts';

const UUID = '11111111-2222-4333-8444-555555555555';
const OTHER = '22222222-2222-4333-8444-555555555555';

function domain(seconds: number, bytes: number): DomainStatistics {
  const counters = { rxPackets: 0, rxErrors: 0, rxDropped: 0 };
  const sent = { txPackets: 0, txErrors: 0, txDropped: 0 };
  return {
    uuid: UUID,
    name: 'one',
    state: 'running',
    cpuTimeNs: BigInt(seconds * 1e9),
    balloon: { currentKiB: 2048, maximumKiB: 4096, residentKiB: 1024, unusedKiB: undefined },
    vcpus: [0, 1].map((index) => ({ index, timeNs: 0n })),
    interfaces: [{ name: 'vnet0', rxBytes: bytes, txBytes: 2 * bytes, ...counters, ...sent }],
    blocks: undefined,
  };
}

function machine(uuid: string): StatisticsSample['machines'][number] {
  const sample = machineSample({ ...domain(1, 0), uuid }, undefined, 0);
  if (!sample) throw new Error('It is off');
  return sample;
}

/** A source that measures when the test says so. */
class StillSource implements StatisticsSource {
  wanted: number | undefined;
  #tell: (sample: StatisticsSample) => void = () => undefined;
  latest = () => undefined;
  history = () => ({ fromMs: 0, stepMs: 1, count: 0, tierSeconds: 1, series: [] });
  start = () => () => undefined;

  onSample(listener: (sample: StatisticsSample) => void): () => void {
    this.#tell = listener;
    return () => undefined;
  }

  want(intervalMs: number | undefined): void {
    this.wanted = intervalMs;
  }

  measure(atMs: number): void {
    this.#tell({ atMs, hypervisors: [], machines: [machine(UUID), machine(OTHER)] });
  }
}

describe('what a machine does', () => {
  it('is the difference of its counters over the time between', () => {
    expect(machineSample(domain(11, 5000), domain(10, 3000), 2000)).toEqual({
      uuid: UUID,
      cpuPercent: 25,
      memoryTotalBytes: 2_097_152,
      memoryUsedBytes: 1_048_576,
      blockReadBytesPerSecond: 0,
      blockWrittenBytesPerSecond: 0,
      networkReceivedBytesPerSecond: 1000,
      networkSentBytesPerSecond: 2000,
    });
  });

  it('is nothing right after its counters began anew, and not there while it is off', () => {
    expect(machineSample(domain(1, 10), domain(10, 3000), 2000)).toMatchObject({
      cpuPercent: 0,
      networkReceivedBytesPerSecond: 0,
    });
    expect(machineSample({ ...domain(1, 10), state: 'shutoff' }, undefined, 0)).toBeUndefined();
  });
});

describe('the past of an entity', () => {
  it('has gaps where nothing was measured, and forgets the oldest', () => {
    const ring = new SampleRing(4, 1000);
    for (const at of [1000, 2000, 4000, 5500]) ring.add(at, [{ name: 'cpu', value: at / 1000 }]);
    expect(ring.read(0, 10_000)).toEqual({
      fromMs: 2000,
      count: 4,
      series: [{ name: 'cpu', values: [2, null, 4, 5.5] }],
    });
    expect(ring.read(4000, 4999).series).toEqual([{ name: 'cpu', values: [4] }]);
    expect(ring.read(9000, 9999)).toMatchObject({ count: 0, series: [] });
  });
});

describe('a subscription to samples', () => {
  const begin = () => {
    const [source, sent, clock] = [new StillSource(), [] as string[], { now: 0 }];
    const subscriptions = new StatisticsSubscriptions(
      source,
      () => clock.now,
      (to, { machines }) => sent.push(`${to} ${machines.map(({ uuid }) => uuid[0]).join('')}`),
    );
    const wish = {
      leaseMs: 30_000,
      hypervisor: true,
      machines: 'all',
      mayRead: () => true,
    } as const;
    return { source, sent, clock, subscriptions, wish };
  };

  it('is sent at its own interval, and the source works at the shortest', () => {
    const { source, sent, subscriptions, wish } = begin();
    subscriptions.subscribe('a', { ...wish, intervalMs: 1000 });
    subscriptions.subscribe('b', { ...wish, intervalMs: 2000 });
    expect(source.wanted).toBe(1000);
    for (const at of [1000, 2000, 3000]) source.measure(at);
    expect(sent).toEqual(['a 12', 'b 12', 'a 12', 'a 12', 'b 12']);
    subscriptions.unsubscribe('a');
    expect(source.wanted).toBe(2000);
  });

  it('holds only what was named and may be read', () => {
    const { source, sent, subscriptions, wish } = begin();
    subscriptions.subscribe('a', { ...wish, intervalMs: 1000, machines: [OTHER] });
    const mayRead = (uuid: string) => uuid === UUID;
    subscriptions.subscribe('b', { ...wish, intervalMs: 1000, mayRead });
    source.measure(1000);
    expect(sent).toEqual(['a 2', 'b 1']);
  });

  it('ends with its lease, and then nothing is measured for it', () => {
    const { source, sent, clock, subscriptions, wish } = begin();
    subscriptions.subscribe('a', { ...wish, intervalMs: 1000 });
    clock.now = 29_000;
    subscriptions.subscribe('a', { ...wish, intervalMs: 1000 });
    clock.now = 58_000;
    source.measure(58_000);
    clock.now = 59_000;
    source.measure(59_000);
    expect(sent).toEqual(['a 12']);
    expect(source.wanted).toBeUndefined();
  });

  it('is refused when there are too many', () => {
    const { subscriptions, wish } = begin();
    const taken = Array.from({ length: 201 }, (_, index) => {
      return subscriptions.subscribe(String(index), { ...wish, intervalMs: 1000 });
    });
    expect(taken.indexOf(false)).toBe(200);
  });
});
