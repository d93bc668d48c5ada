import { flushSync } from 'svelte';
import { expect, it } from 'vitest';
import type { EntityKind } from '../../../../../core/domain/entity.ts';
import { QueryStore } from '../../../../../renderer/state/query-store.svelte.ts';
import { feedOriginal } from '../../../../../renderer/features/health/original-feed.svelte.ts';
import { drawn } from '../../../../fakes/drawn.svelte.ts';
import { fakeApi } from '../../../../fakes/fake-api.ts';
import { fakeId } from '../../../../fakes/fake-entities.ts';

const id = fakeId('old-01@x.test');

/** A panel that is fed, the answers that main gives, and what was taken of them. */
function fed(kind: EntityKind) {
  const { api, main, events } = fakeApi();
  const queries = new QueryStore(api.queries);
  queries.start();
  const taken: unknown[] = [];
  const end = drawn(() => {
    feedOriginal({ id, kind }, queries, (at, values) => {
      taken.push([at, Object.fromEntries(values.map(({ name, value }) => [name, value]))]);
    });
  });
  flushSync();
  const asked = () => main.calls.map(([member]) => member);
  const key = (main.calls[0]?.[1] as { key?: string } | undefined)?.key ?? '';
  const tell = (state: Parameters<typeof events.queries.emit>[0]['state']): void => {
    events.queries.emit({ key, state });
    flushSync();
  };
  return { main, taken, end, asked, tell };
}

function info(date: string, deltaBytes: number) {
  return {
    cpu: { date, idlePercent: 75 },
    memory: { date, totalKib: 8, usedKib: 4, freeKib: 4, sharedKib: 0, swappedKib: 0 },
    load: { date, one: 1, five: 1, fifteen: 1 },
    disk: { usedBytes: 30, availableBytes: 70, usedPercent: 30, partitions: [] },
    networks: [{ name: 'eth0', deltaBytes }],
  };
}

it('asks a hypervisor for its health, and counts what passed between two answers', async () => {
  const { main, taken, end, asked, tell } = fed('hypervisor');
  expect(main.calls[0]?.[1]).toMatchObject({
    query: { entity: id, namespace: 'archipel:hypervisor:health', action: 'info' },
  });
  tell({ name: 'ready', value: info('2026-11-23 01:00:00.000000', 0), at: 1 });
  tell({ name: 'ready', value: info('2026-11-23 01:00:05.000000', 500), at: 2 });
  expect(taken).toMatchObject([
    [1, { cpu: 25 }],
    [2, { cpu: 25, 'network-received': 100 }],
  ]);
  end();
  await expect.poll(asked).toEqual(['queries.open', 'queries.close']);
});

it('asks a machine for its information, and takes nothing of one that is not defined', () => {
  const { main, taken, tell } = fed('virtualmachine');
  expect(main.calls[0]?.[1]).toMatchObject({ query: { namespace: 'archipel:vm:control' } });
  tell({ name: 'ready', value: undefined, at: 1 });
  const value = { cpuPercent: 12, memoryKib: 1, maxMemoryKib: 2 };
  tell({ name: 'ready', value, at: 2 });
  tell({ name: 'stale', value, at: 2 });
  expect(taken).toEqual([[2, { cpu: 12, 'memory-used': 1024, 'memory-total': 2048 }]]);
});

it('asks nobody of whom nothing can be measured', () => {
  expect(fed('user').asked()).toEqual([]);
});
