import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Columns } from '../../../../agent/health/columns.ts';
import { Past, tiersFor } from '../../../../agent/health/past.ts';
import { PastFiles } from '../../../../agent/health/past-files.ts';
import { pastSamples } from '../../../../agent/health/past-samples.ts';
import { stretchOf } from '../../../../agent/health/past-stretch.ts';
import type { StatisticsSample } from '../../../../core/protocol/statistics-samples.ts';

const UUID = '11111111-2222-4333-8444-555555555555';
const START = 1_764_000_000_000;

function sample(atMs: number, cpuPercent: number): StatisticsSample {
  return {
    atMs,
    intervalMs: 1000,
    hypervisors: [
      {
        cpuPercent,
        memoryTotalBytes: 4096,
        memoryUsedBytes: 2048,
        memorySharedBytes: 1024,
        memorySwappedBytes: 0,
        load1: 1,
        load5: 2,
        load15: 3,
        diskTotalBytes: 10,
        diskUsedBytes: 5,
        networks: [{ name: 'eno1', receivedBytesPerSecond: 30, sentBytesPerSecond: 12 }],
        partitions: [{ mount: '/a:b', totalBytes: 10, usedBytes: 5 }],
      },
    ],
    machines: [
      {
        uuid: UUID,
        cpuPercent: cpuPercent / 2,
        memoryTotalBytes: 100,
        memoryUsedBytes: 50,
        blockReadBytesPerSecond: 1,
        blockWrittenBytesPerSecond: 2,
        networkReceivedBytesPerSecond: 3,
        networkSentBytesPerSecond: 4,
      },
    ],
  };
}

/** A sample a second, whose CPU is the number of the second in its minute. */
function fill(past: Past, seconds: number, from = 0): void {
  for (let second = from; second < from + seconds; second += 1) {
    past.add(sample(START + second * 1000 + 500, second % 60));
  }
}

const at = (seconds: number): number => START + seconds * 1000;

function cpu(past: Past, fromMs: number, toMs: number, stepSeconds?: number, of?: 'min' | 'max') {
  const { series, ...rest } = stretchOf(past, 'hypervisor', { fromMs, toMs, stepSeconds });
  return { ...rest, values: series.find((one) => one.name === 'cpu' && one.of === of)?.values };
}

describe('the past of a hypervisor', () => {
  it('is kept under the time when it was measured, also after a pause', () => {
    const kept: (readonly [number, number, readonly string[]])[] = [];
    const past = new Past(tiersFor(1000), {
      keep: (stepMs, { atMs, rows }) =>
        void kept.push([stepMs / 1000, atMs - START, [...rows.keys()]]),
    });
    past.add(sample(START, 10));
    past.add({ ...sample(START + 60_000, 10), machines: [] });
    past.add(sample(START + 600_000, 10));
    const minute = past.tiers[1]!.stepMs / 1000;
    expect(kept.filter(([seconds]) => seconds === minute)).toEqual([
      [minute, 0, ['hypervisor']],
      [minute, 60_000, ['hypervisor']],
      [minute, 0, [UUID]],
    ]);
  });

  it('is kept by the second at first, with gaps where nothing was measured', () => {
    const past = new Past(tiersFor(1000));
    fill(past, 5);
    fill(past, 5, 8);
    expect(cpu(past, at(0), at(10))).toEqual({
      fromMs: at(0),
      stepMs: 1000,
      count: 11,
      tierSeconds: 1,
      oldestMs: at(0),
      values: [0, 1, 2, 3, 4, null, null, null, 8, 9, 10],
    });
    const device = stretchOf(past, 'hypervisor', { fromMs: at(0), toMs: at(0) }).series;
    expect(device).toContainEqual({ name: 'partition-used', device: '/a:b', values: [5] });
  });

  it('gives the mean, lowest and highest of longer steps', () => {
    const past = new Past(tiersFor(1000));
    fill(past, 61);
    const wanted = [at(0), at(59), 20] as const;
    expect(cpu(past, ...wanted)).toMatchObject({ stepMs: 20_000, tierSeconds: 10 });
    expect(
      [undefined, 'min' as const, 'max' as const].map((of) => cpu(past, ...wanted, of).values),
    ).toEqual([
      [9.5, 29.5, 49.5],
      [0, 20, 40],
      [19, 39, 59],
    ]);
  });

  it('is read from the finest tier that reaches back far enough', () => {
    const past = new Past(tiersFor(1000));
    fill(past, 3 * 3600);
    const newest = 3 * 3600 - 1;
    expect(cpu(past, at(newest - 60), at(newest)).tierSeconds).toBe(1);
    expect(cpu(past, at(newest - 1800), at(newest)).tierSeconds).toBe(10);
    expect(cpu(past, at(0), at(newest)).tierSeconds).toBe(300);
    const whole = cpu(past, at(0), at(299), undefined, 'max');
    expect(whole.values).toEqual([59]);
  });

  it('is as fine as wanted where the agent has not run for as long as was asked for', () => {
    const past = new Past(tiersFor(1000));
    fill(past, 45, 7);
    const { stepMs, tierSeconds, values } = cpu(past, at(-300), at(51), 1);
    expect([stepMs, tierSeconds, values?.slice(-2)]).toEqual([1000, 1, [50, 51]]);
    expect(cpu(past, at(-300), at(51), 1, 'max').values).toBeUndefined();
    expect(cpu(past, at(-300), at(51), 10).tierSeconds).toBe(10);
  });

  it('makes steps longer rather than answer with too many values', () => {
    const past = new Past(tiersFor(1000));
    fill(past, 600);
    const { series, count, stepMs } = stretchOf(past, 'hypervisor', {
      fromMs: at(0),
      toMs: at(30 * 86_400),
    });
    expect(series.length * count).toBeLessThanOrEqual(20_000);
    expect(stepMs % 1000).toBe(0);
  });

  it('is empty for what was never measured, or was forgotten', () => {
    const past = new Past(tiersFor(1000));
    fill(past, 20);
    past.forget(UUID);
    const stretch = { fromMs: at(0), toMs: at(20) };
    expect(stretchOf(past, UUID, stretch)).toMatchObject({ count: 0, series: [] });
  });

  it('is told to original clients newest first, coarser the older it is', () => {
    const past = new Past(tiersFor(1000));
    fill(past, 2000);
    const samples = pastSamples(past, 100_000);
    expect(samples[0]).toMatchObject({
      memory: { totalKib: 4, usedKib: 2, freeKib: 2, sharedKib: 1 },
      cpu: { idlePercent: 100 - (1999 % 60) },
      networks: [{ name: 'eno1', deltaBytes: 42 }],
    });
    expect(samples.at(-1)?.networks).toEqual([{ name: 'eno1', deltaBytes: 420 }]);
    expect(pastSamples(past, 3)).toEqual(samples.slice(0, 3));
    const dates = samples.map(({ cpu: { date } }) => date);
    expect(dates).toEqual([...dates].sort().reverse());
  });
});

describe('rows of numbers', () => {
  it('stay as many as they may, whatever comes', () => {
    const columns = new Columns(100);
    for (let row = 0; row < 1000; row += 1) {
      columns.append(row, { names: [row < 500 ? 'old' : 'new'], values: [row] });
    }
    expect(columns.count).toBeGreaterThanOrEqual(100);
    expect(columns.count).toBeLessThanOrEqual(125);
    expect(columns.names).toEqual(['new']);
    expect(columns.valueAt(columns.count - 1, 'new')).toBe(999);
    expect(columns.timeAt(columns.count)).toBe(undefined);
  });

  it('leave out what is not newer', () => {
    const columns = new Columns(100);
    for (const time of [5, 5, 4, 6]) columns.append(time, { names: ['one'], values: [time] });
    expect([columns.count, columns.rowFrom(6), columns.valueAt(1, 'one')]).toEqual([2, 1, 6]);
  });
});

describe('a past in files', () => {
  let folder: string;
  const faults: string[] = [];
  const opened = async (isKept = (): boolean => true): Promise<[Past, PastFiles]> => {
    const tiers = tiersFor(1000);
    const files = new PastFiles(folder, tiers, ({ code }) => faults.push(code));
    const past = new Past(tiers, files);
    await files.restore(past, isKept);
    return [past, files];
  };

  beforeEach(async () => {
    faults.length = 0;
    folder = await mkdtemp(join(tmpdir(), 'archipel-past-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it('outlives the agent in all tiers but the finest', async () => {
    const [past, files] = await opened();
    fill(past, 700);
    await files.close();
    const [later, again] = await opened();
    await again.close();
    expect(cpu(later, at(0), at(59))).toMatchObject({
      tierSeconds: 10,
      values: [4.5, 14.5, 24.5, 34.5, 44.5, 54.5],
    });
    expect(
      stretchOf(later, UUID, { fromMs: at(0), toMs: at(599), stepSeconds: 300 }),
    ).toMatchObject({
      tierSeconds: 300,
      count: 2,
    });
    expect(await readFile(join(folder, 'statistics-10s.log'), 'utf8')).toMatch(
      /^[0-9a-f]{8} \{"format":"archipel-agent-statistics","version":1\}\n/,
    );
  });

  it('forgets machines that are not managed any more', async () => {
    const [past, files] = await opened();
    fill(past, 30);
    await files.close();
    const [later, again] = await opened(() => false);
    await again.close();
    expect([later.of(UUID), later.of('hypervisor')]).toEqual([[], []]);
  });

  it('is bounded on disk', async () => {
    const [past, files] = await opened();
    fill(past, 10 * 720 * 2);
    await files.close();
    const lines = (await readFile(join(folder, 'statistics-10s.log'), 'utf8')).split('\n').length;
    expect(lines).toBeLessThanOrEqual(720 * 1.5 + 2);
    expect(lines).toBeGreaterThanOrEqual(720);
    expect((await readdir(folder)).sort()).toEqual(['statistics-10s.log', 'statistics-300s.log']);
  });

  it('is bounded in bytes too, and forgets machines before the hypervisor', async () => {
    const mostBytes = 100_000;
    const tiers = tiersFor(1000);
    const files = new PastFiles(folder, tiers, ({ code }) => faults.push(code), mostBytes);
    const file = join(folder, 'statistics-10s.log');
    const past = new Past(tiers, files);
    fill(past, 10 * 700);
    await files.close();
    expect((await readFile(file)).length).toBeLessThanOrEqual(mostBytes + 1000);
    const [later, again] = await opened();
    await again.close();
    const [, machine] = later.of(UUID);
    const [, hypervisor] = later.of('hypervisor');
    expect(machine?.count).toBeGreaterThan(0);
    expect(hypervisor?.count).toBeGreaterThan(machine?.count ?? 0);
    const newest = (columns = machine) => columns?.timeAt(columns.count - 1);
    expect(newest()).toBe(newest(hypervisor));
    expect(faults).toEqual([]);
  });

  it('says what it cannot read, leaves it as it is, and measures on', async () => {
    const file = join(folder, 'statistics-10s.log');
    await writeFile(file, '9c2b8e1f {"format":"other","version":7}\n');
    const [past, files] = await opened();
    fill(past, 5);
    await files.close();
    expect(faults).toContain('storage-damaged');
    expect(cpu(past, at(0), at(2)).values).toEqual([0, 1, 2]);
  });
});
