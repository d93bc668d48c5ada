import { expect, it } from 'vitest';
import { InventoryCache } from '../../../../client/inventory/inventory-cache.ts';
import type { Storage } from '../../../../client/ports.ts';
import type { Entity } from '../../../../core/domain/entity.ts';
import { ok } from '../../../../core/lib/result.ts';
import { fakeEntity } from '../../../fakes/fake-entities.ts';

it('is saved a last time when it is closed, and leaves no timer behind', async () => {
  const saved: unknown[] = [];
  let waiting = 0;
  const cache = new InventoryCache({
    storage: {
      save: async (_file: unknown, value: unknown) => {
        saved.push(value);
        return ok(undefined);
      },
    } as unknown as Storage,
    clock: {
      now: () => 7,
      after: () => {
        waiting += 1;
        return () => {
          waiting -= 1;
        };
      },
    },
    entities: () => [],
    failed: () => undefined,
  });
  cache.changed();
  await cache.close();
  cache.changed();
  expect({ saved, waiting }).toEqual({ saved: [{ savedAt: 7, entities: [] }], waiting: 0 });
});

it('is saved the seldomer the more there is to be saved', async () => {
  const delays: number[] = [];
  const entities = new Array<Entity>(5001).fill(fakeEntity('rack1@example.org'));
  const cache = new InventoryCache({
    storage: { save: async () => ok(undefined) } as unknown as Storage,
    clock: {
      now: () => 7,
      after: (delayMs) => {
        delays.push(delayMs);
        return () => undefined;
      },
    },
    entities: () => entities,
    failed: () => undefined,
  });
  for (let time = 0; time < 2; time += 1) {
    cache.changed();
    await cache.flush();
  }
  entities.splice(10);
  for (let time = 0; time < 2; time += 1) {
    cache.changed();
    await cache.flush();
  }
  expect(delays).toEqual([5000, 5001, 5001, 5000]);
});
