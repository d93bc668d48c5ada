import { flushSync } from 'svelte';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { EntitySample } from '../../../../core/contract/statistics.ts';
import { StatisticsStore } from '../../../../renderer/state/statistics-store.svelte.ts';
import { drawn } from '../../../fakes/drawn.svelte.ts';
import { fakeApi } from '../../../fakes/fake-api.ts';
import { fakeId } from '../../../fakes/fake-entities.ts';

const web = fakeId('web@x.test');
const mail = fakeId('mail@x.test');

function sampleOf(entity: typeof web, cpuPercent: number): EntitySample {
  const memory = { memoryTotalBytes: 100, memoryUsedBytes: 25 };
  const traffic = {
    blockReadBytesPerSecond: 0,
    blockWrittenBytesPerSecond: 0,
    networkReceivedBytesPerSecond: 900,
    networkSentBytesPerSecond: 0,
  };
  const values = { uuid: 'u', startedAtMs: 7, cpuPercent, ...memory, ...traffic };
  return { kind: 'virtualmachine', entity, at: 1, values };
}

function started() {
  const fake = fakeApi();
  const store = new StatisticsStore(fake.api.statistics);
  store.start();
  return { ...fake, store };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it('wants the meters of what is drawn, in one question, and of nothing else', async () => {
  const { store, main, events } = started();
  const readings: unknown[] = [];
  const meters = [web, mail].map((id) => store.meter(id));
  const ends = meters.map((meter) => drawn(() => readings.push(meter.reading)));
  flushSync();
  await vi.advanceTimersByTimeAsync(1000);
  expect(main.calls).toEqual([
    ['statistics.watch', { key: 'meters', entities: [web, mail], intervalSeconds: 5 }],
  ]);
  events.statistics.emit([sampleOf(web, 42)]);
  flushSync();
  expect(readings.at(-1)).toMatchObject({
    cpuPercent: 42,
    memoryUsedBytes: 25,
    memoryTotalBytes: 100,
    startedAtMs: 7,
    networkReceivedBytesPerSecond: 900,
  });
  expect([meters[0]?.heardAt, meters[1]?.heardAt]).toEqual([Date.now(), 0]);
  for (const end of ends) end();
  await vi.advanceTimersByTimeAsync(1000);
  expect(main.calls.at(-1)).toEqual(['statistics.unwatch', { key: 'meters' }]);
});

it('knows no rates from the first sample of an agent', () => {
  const { store, events } = started();
  const meter = store.meter(web);
  const end = drawn(() => meter.reading);
  flushSync();
  events.statistics.emit([{ ...sampleOf(web, 0), isFirst: true }]);
  expect(meter.reading).toMatchObject({
    ...{ cpuPercent: undefined, networkReceivedBytesPerSecond: undefined },
    ...{ memoryUsedBytes: 25, startedAtMs: 7 },
  });
  events.statistics.emit([sampleOf(web, 0)]);
  expect(meter.reading).toMatchObject({ cpuPercent: 0, networkReceivedBytesPerSecond: 900 });
  end();
});

it('wants meters once the rows have been the same for a while, or never are', async () => {
  const { store, main } = started();
  const show = (id: typeof web) => {
    const end = drawn(() => store.meter(id).reading);
    flushSync();
    return end;
  };
  // A filter that is being typed: rows come and go.
  for (let key = 0; key < 3; key += 1) {
    const end = show(fakeId(`row-${key}@x.test`));
    await vi.advanceTimersByTimeAsync(500);
    end();
  }
  const end = show(mail);
  await vi.advanceTimersByTimeAsync(999);
  expect(main.calls).toEqual([]);
  await vi.advanceTimersByTimeAsync(1);
  const wanted = { key: 'meters', entities: [mail], intervalSeconds: 5 };
  expect(main.calls).toEqual([['statistics.watch', wanted]]);
  end();
  for (let turn = 0; turn < 7; turn += 1) {
    const drop = show(fakeId(`row-${turn}@x.test`));
    await vi.advanceTimersByTimeAsync(500);
    drop();
  }
  expect(main.calls).toHaveLength(2);
});

it('shows of what comes back into sight what was heard of it, unless that is old', async () => {
  const { store, events } = started();
  const percentOf = async (id: typeof web) => {
    let percent: number | undefined;
    const end = drawn(() => (percent = store.meter(id).reading?.cpuPercent));
    flushSync();
    end();
    await vi.advanceTimersByTimeAsync(0);
    return percent;
  };
  const end = drawn(() => store.meter(web).reading);
  flushSync();
  events.statistics.emit([sampleOf(web, 42)]);
  end();
  await vi.advanceTimersByTimeAsync(30_000);
  expect(await percentOf(web)).toBe(42);
  expect(await percentOf(mail)).toBeUndefined();
  await vi.advanceTimersByTimeAsync(1);
  expect(await percentOf(web)).toBeUndefined();
});

it('keeps what was heard of five hundred rows that left, the last ones', async () => {
  const { store, events } = started();
  const ids = Array.from({ length: 501 }, (_, index) => fakeId(`row-${index}@x.test`));
  const draw = (id: typeof web) => drawn(() => store.meter(id).reading);
  const ends = ids.map(draw);
  flushSync();
  events.statistics.emit(ids.map((id, index) => sampleOf(id, index + 1)));
  for (const end of ends) end();
  await vi.advanceTimersByTimeAsync(0);
  const shown: unknown[] = [];
  const look = (id: typeof web) => drawn(() => shown.push(store.meter(id).reading?.cpuPercent));
  const looks = [ids[0], ids[1], ids[500]].map((id) => look(id ?? web));
  flushSync();
  expect(shown).toEqual([undefined, 2, 501]);
  for (const end of looks) end();
});

it('tells a panel the samples of its own entities until it ends', () => {
  const { store, main, events } = started();
  const heard: unknown[] = [];
  const watch = { entities: [web], intervalSeconds: 2 };
  const end = store.watch(watch, (samples) => heard.push(...samples));
  events.statistics.emit([sampleOf(mail, 1), sampleOf(web, 2)]);
  end();
  events.statistics.emit([sampleOf(web, 3)]);
  expect(heard).toEqual([sampleOf(web, 2)]);
  expect(main.calls.map(([member]) => member)).toEqual(['statistics.watch', 'statistics.unwatch']);
});
