import * as v from 'valibot';
import type { InventoryDelta } from '../../core/contract/inventory.ts';
import { entityId, type Entity } from '../../core/domain/entity.ts';
import { BareJid } from '../../core/domain/jid.ts';

/** How many entities change in all deltas together. */
export const CHANGES = 10_000;
/** About as many as main tells in one frame. */
const IN_ONE = 200;

const account = v.parse(BareJid, 'admin@archipel.test');
const hypervisor = entityId(account, v.parse(BareJid, 'reef-001@archipel.test'));

function machine(at: number): Entity {
  const uuid = `00000000-0000-4000-8000-${String(at).padStart(12, '0')}`;
  const jid = v.parse(BareJid, `${uuid}@archipel.test`);
  return {
    id: entityId(account, jid),
    account,
    jid,
    kind: 'virtualmachine',
    name: `web-${at}`,
    groups: ['Paris'],
    subscription: 'both',
    pending: false,
    state: at % 2 === 0 ? 'running' : 'paused',
    status: at % 2 === 0 ? 'Running' : 'Paused',
    since: 1_700_000_000_000 + at,
    resource: 'reef-001',
    hypervisor,
    tags: ['production', 'web'],
    permissions: 'unknown',
    stale: false,
    unread: 0,
    agent: { generation: 'ours', version: '0.1.0', features: ['archipel:vm:definition:text'] },
  };
}

/** What main tells of 10,000 machines that change, as windows get it. */
export const deltas: readonly InventoryDelta[] = Array.from(
  { length: CHANGES / IN_ONE },
  (_, delta) => ({
    revision: delta,
    changed: Array.from({ length: IN_ONE }, (_, at) => machine(delta * IN_ONE + at)),
    removed: [],
  }),
);
