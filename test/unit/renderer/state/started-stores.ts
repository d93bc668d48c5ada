import { vi } from 'vitest';
import { messagesFor } from '../../../../core/messages/catalogue.ts';
import { createStores, startStores, type Stores } from '../../../../renderer/state/stores.ts';
import { fakeAccount } from '../../../fakes/fake-accounts.ts';
import { fakeApi } from '../../../fakes/fake-api.ts';
import type { FakeMain } from '../../../fakes/fake-main.ts';
import { fakeEntity } from '../../../fakes/fake-entities.ts';

export const vm = fakeEntity('web@x.test');
export const off = fakeEntity('old@x.test', { state: 'off' });

/** The stores of a window with two machines, started; the clock is Vitest's own. */
export async function started(changes: Partial<FakeMain> = {}) {
  const fake = fakeApi({
    accounts: [fakeAccount()],
    snapshot: { revision: 1, entities: [vm, off], requests: [] },
    ...changes,
  });
  const stores: Stores = createStores(
    fake.api,
    (settings) => (error) => messagesFor(settings.current.language).describeError(error),
  );
  const stop = startStores(stores);
  await vi.advanceTimersByTimeAsync(0);
  const given = (member: string) =>
    fake.main.calls.flatMap(([called, input]) => (called === member ? [input] : []));
  return { ...fake, stores, stop, given };
}
