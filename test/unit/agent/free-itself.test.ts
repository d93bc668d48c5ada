import { expect, it } from 'vitest';
import { OrdersInMemory, type KeptOrders } from '../../../agent/store/kept-orders.ts';
import { MemoryStore } from '../../../agent/store/agent-store.ts';
import { vmControl } from '../../../core/protocol/vm-control.ts';
import { askEntity } from '../../support/ask-entity.ts';
import { expectOk } from '../../support/expect-result.ts';
import { waitFor } from '../../support/libvirtd.ts';
import { DOMAIN, domainXml, TestAgent, worldOf } from './test-agent.ts';

const UUID = '31d3f8a2-6c0e-4a53-9d6e-0f6c9a3b7e15';
const SLOW_MS = 30;

/** Orders on a disk that takes its time. */
class SlowOrders extends OrdersInMemory {
  override async append(...event: Parameters<KeptOrders['append']>) {
    await new Promise((go) => setTimeout(go, SLOW_MS));
    return super.append(...event);
  }
}

class SlowStore extends MemoryStore {
  readonly slow = new SlowOrders();

  override orders(entity: string): KeptOrders {
    return entity === UUID ? this.slow : super.orders(entity);
  }

  override async forget(entity: string): Promise<void> {
    if (entity === UUID) await this.slow.replace([]);
    await super.forget(entity);
  }
}

it('answers before it ends a machine that deletes itself, and keeps none of its orders', async () => {
  const store = new SlowStore();
  const organisation = { organisation: '', unit: '', locality: '', owner: '', categories: '' };
  const createdAt = '2024-05-01T00:00:00Z';
  const record = {
    uuid: UUID,
    name: 'fleeting',
    password: 'secret',
    createdAt,
    organisation,
    tags: [],
  };
  expectOk(await store.machines.save([record]));
  const world = worldOf({ xml: domainXml('fleeting', UUID), state: 'shutoff' });
  const platform = await TestAgent.start({ store, world });
  const jid = `${UUID}@${DOMAIN}/atoll`;
  await waitFor(`${jid} to be online`, 5000, () => platform.isOnline(jid));
  const admin = await platform.session('admin');
  expectOk(await askEntity(admin, jid, vmControl.free, {}));
  await waitFor('its orders to go', 5000, async () => {
    return expectOk(await store.slow.load()).length === 0;
  });
  expect(platform.agent.host.find(UUID)).toBeUndefined();
  await platform.stop();
});
