import { flushSync } from 'svelte';
import { describe, expect, it } from 'vitest';
import type { InventorySnapshot } from '../../../../core/contract/inventory.ts';
import { InventoryStore } from '../../../../renderer/state/inventory-store.svelte.ts';
import { drawn } from '../../../fakes/drawn.svelte.ts';
import { fakeApi } from '../../../fakes/fake-api.ts';
import { fakeEntity, fakeFleetOf, fakeId } from '../../../fakes/fake-entities.ts';

const host = fakeEntity('atoll@x.test', { kind: 'hypervisor', state: 'available' });
const vm = fakeEntity('web@x.test', { hypervisor: host.id, tags: ['web'] });

function snapshot(changes: Partial<InventorySnapshot> = {}): InventorySnapshot {
  return { revision: 5, entities: [host, vm], requests: [], ...changes };
}

async function started(first = snapshot()) {
  const fake = fakeApi({ snapshot: first });
  const store = new InventoryStore(fake.api.inventory);
  const stop = store.start();
  await expect.poll(() => store.loaded).toBe(true);
  return { ...fake, store, stop };
}

describe('the mirror of the inventory', () => {
  it('takes deltas that overtook the snapshot, those that are newer', async () => {
    const { api, events } = fakeApi({ snapshot: snapshot() });
    const store = new InventoryStore(api.inventory);
    store.start();
    events.inventory.emit({ revision: 5, changed: [{ ...vm, state: 'crashed' }], removed: [] });
    events.inventory.emit({ revision: 6, changed: [{ ...vm, state: 'paused' }], removed: [] });
    await expect.poll(() => store.find(vm.id)?.state).toBe('paused');
  });

  it('gets everything anew when a delta was missed', async () => {
    const { main, events, store } = await started();
    main.snapshot = snapshot({ revision: 9, entities: [host] });
    events.inventory.emit({ revision: 9, changed: [], removed: [vm.id] });
    await expect.poll(() => store.size).toBe(1);
    expect(main.calls.map(([member]) => member)).toEqual([
      'inventory.snapshot',
      'inventory.snapshot',
    ]);
  });

  it('counts machines, states and tags as they change', async () => {
    const { events, store } = await started();
    expect(store.machinesOf(host.id)).toEqual({ running: 1, all: 1 });
    events.inventory.emit({
      revision: 6,
      changed: [{ ...vm, state: 'off', tags: [] }],
      removed: [],
    });
    expect(store.machinesOf(host.id)).toEqual({ running: 0, all: 1 });
    expect([...store.tally.states, ...store.tally.tags]).toEqual([['off', 1]]);
    events.inventory.emit({ revision: 7, changed: [], removed: [vm.id] });
    expect(store.machinesOf(host.id)).toEqual({ running: 0, all: 0 });
    expect([...store.tally.states]).toEqual([]);
  });

  it('says that the tree is another only when an entity came, went or moved', async () => {
    const { events, store } = await started();
    const seen: number[] = [];
    const end = drawn(() => seen.push(store.followStructure()));
    events.inventory.emit({ revision: 6, changed: [{ ...vm, state: 'paused' }], removed: [] });
    flushSync();
    events.inventory.emit({ revision: 7, changed: [{ ...vm, name: 'other' }], removed: [] });
    flushSync();
    end();
    expect(seen.length).toBe(2);
  });

  it('redraws who shows the hypervisors when one comes or goes, also the first', async () => {
    const { events, store } = await started(snapshot({ entities: [] }));
    const seen: string[] = [];
    const end = drawn(() => seen.push(store.hypervisors.map(({ name }) => name).join()));
    events.inventory.emit({ revision: 6, changed: [host, vm], removed: [] });
    flushSync();
    events.inventory.emit({ revision: 7, changed: [{ ...host, state: 'offline' }], removed: [] });
    flushSync();
    events.inventory.emit({ revision: 8, changed: [], removed: [host.id] });
    flushSync();
    end();
    expect(seen).toEqual(['', host.name, '']);
  });

  it('redraws one entity of many when that one changes', async () => {
    const fleet = fakeFleetOf(250, 20);
    const { events, store } = await started(snapshot({ entities: fleet }));
    const states: string[] = [];
    const [first, second] = [fakeId('vm-0-0@archipel.test'), fakeId('vm-0-1@archipel.test')];
    const end = drawn(() => states.push(store.find(first)?.state ?? 'none'));
    const other = store.find(second);
    if (other) events.inventory.emit({ revision: 6, changed: [{ ...other }], removed: [] });
    flushSync();
    end();
    expect(states).toEqual(['off']);
  });

  it('gives the same to who goes through all as to who looks one up', async () => {
    const { events, store, main } = await started();
    const paused = { ...vm, state: 'paused' as const };
    events.inventory.emit({ revision: 6, changed: [paused], removed: [host.id] });
    expect([store.all(), store.peek(vm.id), store.find(vm.id)]).toEqual([[paused], paused, paused]);
    expect([store.peek(host.id), store.find(host.id)]).toEqual([undefined, undefined]);
    main.snapshot = snapshot({ revision: 9, entities: [host] });
    await store.load();
    expect([store.all(), store.peek(vm.id), store.find(vm.id)]).toEqual([
      [host],
      undefined,
      undefined,
    ]);
  });

  it('forgets the age of the cache once everything is current', async () => {
    const { events, store } = await started(snapshot({ cachedAt: 1000 }));
    const before = store.cachedAt;
    events.inventory.emit({ revision: 6, changed: [], removed: [], isCurrent: true });
    expect([before, store.cachedAt]).toEqual([1000, undefined]);
  });

  it('keeps what went wrong when there is no snapshot', async () => {
    const fake = fakeApi();
    fake.main.failing.set('inventory.snapshot', { code: 'internal', reportId: 'r1' });
    const store = new InventoryStore(fake.api.inventory);
    await store.load();
    expect([store.loaded, store.error]).toEqual([false, { code: 'internal', reportId: 'r1' }]);
  });

  it('hears no more after it was stopped', async () => {
    const { events, stop } = await started();
    stop();
    expect(events.inventory.listeners).toBe(0);
  });
});
