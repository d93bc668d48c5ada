import { flushSync } from 'svelte';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { StanzaStore } from '../../../../renderer/state/stanza-store.svelte.ts';
import { drawn } from '../../../fakes/drawn.svelte.ts';
import { fakeApi } from '../../../fakes/fake-api.ts';
import type { FakeMain } from '../../../fakes/fake-main.ts';
import { fakeStanzas } from '../../../fakes/fake-stanzas.ts';

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

function made(changes: Partial<FakeMain>) {
  const fake = fakeApi(changes);
  const given = (member: string) =>
    fake.main.calls.flatMap(([called, input]) => (called === member ? [input] : []));
  return { ...fake, stores: { stanzas: new StanzaStore(fake.api.stanzas) }, given };
}

describe('stanzas', () => {
  it('are heard of only while they are drawn', async () => {
    const { stores, events, given } = made({ stanzas: fakeStanzas(1) });
    expect(events.stanzas.listeners).toBe(0);
    const counts: number[] = [];
    const end = drawn(() => counts.push(stores.stanzas.records.length));
    flushSync();
    await vi.advanceTimersByTimeAsync(0);
    flushSync();
    end();
    await vi.advanceTimersByTimeAsync(0);
    expect([counts.at(-1), events.stanzas.listeners, given('stanzas.close').length]).toEqual([
      3, 0, 1,
    ]);
  });
});

describe('very many stanzas', () => {
  const all = fakeStanzas(34_000);

  async function drawnWith(newest: number, older = all.length - newest) {
    const main = { stanzas: all.slice(-newest), olderStanzas: all.slice(-newest - older, -newest) };
    const scene = made(main);
    const counts: number[] = [];
    const end = drawn(() => counts.push(scene.stores.stanzas.records.length));
    flushSync();
    await vi.advanceTimersByTimeAsync(0);
    flushSync();
    return { ...scene, counts, end };
  }

  it('come page by page, the newest first', async () => {
    const { stores, given, end } = await drawnWith(3, 6);
    expect(stores.stanzas.records).toEqual(all.slice(-9));
    expect(given('stanzas.earlier').map((input) => (input as { before: number }).before)).toEqual(
      [2, 4, 6, 8].map((back) => all[all.length - 1 - back]!.id),
    );
    end();
  });

  it('are drawn together when they come fast, and the oldest go', async () => {
    const { stores, events, counts, end } = await drawnWith(90_000, 0);
    const before = counts.length;
    const fresh = fakeStanzas(100).map((one, at) => ({ ...one, id: 200_000 + at }));
    for (const one of fresh) events.stanzas.emit([one]);
    flushSync();
    expect(counts.length).toBe(before);
    await vi.advanceTimersByTimeAsync(100);
    flushSync();
    expect([counts.length, counts.at(-1)]).toEqual([before + 1, 90_300]);
    const flood = Array.from({ length: 20_000 }, (_, at) => ({ ...all[0]!, id: 300_000 + at }));
    events.stanzas.emit(flood);
    await vi.advanceTimersByTimeAsync(100);
    expect([stores.stanzas.records.length, stores.stanzas.records.at(-1)]).toEqual([
      100_000,
      flood.at(-1),
    ]);
    end();
  });

  it('are fewer where they are large', async () => {
    const { stores, events, end } = await drawnWith(3, 0);
    const xml = 'x'.repeat(1024 * 1024);
    const large = Array.from({ length: 100 }, (_, at) => ({ ...all[0]!, id: 300_000 + at, xml }));
    events.stanzas.emit(large);
    expect([stores.stanzas.records.length, stores.stanzas.records.at(-1)?.id]).toEqual([
      64, 300_099,
    ]);
    end();
  });
});
