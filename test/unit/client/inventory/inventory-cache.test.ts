import { expect, it } from 'vitest';
import { InventoryCache } from '../../../../client/inventory/inventory-cache.ts';
import type { Storage } from '../../../../client/ports.ts';
import { ok } from '../../../../core/lib/result.ts';

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
