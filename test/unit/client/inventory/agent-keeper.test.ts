import { expect, it } from 'vitest';
import { DiskCache } from '../../../../client/disk-cache.ts';
import { AccountView } from '../../../../client/inventory/account-view.ts';
import { AgentKeeper, CachedInfo } from '../../../../client/inventory/agent-keeper.ts';
import { Inventory } from '../../../../client/inventory/inventory.ts';
import { el } from '../../../../core/xml/element.ts';
import { MemoryStorage } from '../../../support/client-ports.ts';
import { FakeSession } from '../../../support/fake-session.ts';
import { ManualTime } from '../../../support/manual-time.ts';
import { ACCOUNT, jid } from '../application-fixture.ts';

const WEB = jid('web@example.org');
const CAPS = el('c', { xmlns: 'http://jabber.org/protocol/caps', node: 'agent', ver: 'hash' });

/** A keeper on a session, and how many questions it asks of a contact that is looked at now. */
async function keeper() {
  const session = new FakeSession();
  await session.connect();
  const clock = new ManualTime();
  const surprised = (cause: unknown): never => {
    throw cause;
  };
  const inventory = new Inventory({ clock, announce: () => undefined, report: surprised });
  const view = new AccountView(inventory, ACCOUNT);
  const presence = { ...{ resource: 'rack1', presence: {}, priority: 0 }, photoHash: undefined };
  view.learn(WEB, { presences: [{ ...presence, receivedAt: 0 }] });
  const cache = new DiskCache({
    ...{ storage: new MemoryStorage(), clock, schema: CachedInfo, failed: surprised },
    file: { format: 'agents', version: 1 },
  });
  const agents = new AgentKeeper({ session, view, cache });
  const asks = async (): Promise<number> => {
    const before = session.requests.length;
    await agents.arrived(WEB);
    return session.requests.length - before;
  };
  const hear = (from: string, type?: string, ...children: readonly (typeof CAPS)[]): void =>
    session.receive(el('presence', { from: `${WEB}/${from}`, type }, children));
  return { asks, hear };
}

it('asks by the hash of the last presence, and by none that is gone', async () => {
  const { asks, hear } = await keeper();
  const before = await asks();
  hear('rack1', undefined, CAPS);
  const announced = await asks();
  hear('rack1', 'unavailable');
  const gone = await asks();
  hear('rack1', undefined, CAPS);
  hear('rack1');
  const replaced = await asks();
  expect({ before, announced, gone, replaced }).toEqual({
    ...{ before: 0, announced: 1, gone: 0, replaced: 0 },
  });
});

it('keeps the hash of a machine that has moved when its old place goes offline', async () => {
  const { asks, hear } = await keeper();
  hear('rack1', undefined, CAPS);
  hear('rack2', undefined, CAPS);
  hear('rack1', 'unavailable');
  expect(await asks()).toBe(1);
});
