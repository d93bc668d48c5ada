import type { StatisticsWatch } from '../../core/contract/statistics.ts';
import type { Entity, EntityId } from '../../core/domain/entity.ts';
import { isUuid } from '../../core/domain/uuid.ts';
import { parseJid, type BareJid } from '../../core/domain/jid.ts';
import { STATISTICS_NAMESPACE } from '../../core/protocol/statistics.ts';

/** What is wanted of one hypervisor, by all that look at it together. */
export interface Wanted {
  readonly account: BareJid;
  readonly jid: BareJid;
  intervalSeconds: number;
  hypervisor: boolean;
  machines: 'all' | Set<string>;
}

/** Whether all that is wanted comes with what was asked for. */
export function covers(asked: Wanted, wanted: Wanted): boolean {
  if (asked.intervalSeconds > wanted.intervalSeconds) return false;
  if (wanted.hypervisor && !asked.hypervisor) return false;
  const { machines } = asked;
  if (machines === 'all') return true;
  return wanted.machines !== 'all' && [...wanted.machines].every((uuid) => machines.has(uuid));
}

/** All of both, as often as the one that wants it more often. */
export function together(one: Wanted, other: Wanted): Wanted {
  const [mine, others] = [one.machines, other.machines];
  return {
    ...other,
    intervalSeconds: Math.min(one.intervalSeconds, other.intervalSeconds),
    hypervisor: one.hypervisor || other.hypervisor,
    machines: mine === 'all' || others === 'all' ? 'all' : new Set([...mine, ...others]),
  };
}

/** The UUID of a virtual machine, which is the node of its JID. */
export function uuidOf(jid: BareJid): string | undefined {
  const node = parseJid(jid)?.node?.toLowerCase();
  return node !== undefined && isUuid(node) ? node : undefined;
}

/** Whether an entity that is online announces that it sends statistics. */
export function offersStatistics(entity: Entity): boolean {
  return (
    entity.kind === 'hypervisor' &&
    entity.resource !== undefined &&
    entity.agent?.features.includes(STATISTICS_NAMESPACE) === true
  );
}

/** Turns what windows watch into what each hypervisor is asked for, by the hypervisor's id. */
export function wantedOf(
  watches: Iterable<StatisticsWatch>,
  find: (id: EntityId) => Entity | undefined,
  all: () => readonly EntityId[],
): ReadonlyMap<EntityId, Wanted> {
  const wanted = new Map<EntityId, Wanted>();
  const of = (id: EntityId, intervalSeconds: number): Wanted | undefined => {
    const hypervisor = find(id);
    if (!hypervisor || !offersStatistics(hypervisor)) return undefined;
    const { account, jid } = hypervisor;
    const known = wanted.get(id);
    const one = known ?? { account, jid, intervalSeconds, hypervisor: false, machines: new Set() };
    one.intervalSeconds = Math.min(one.intervalSeconds, intervalSeconds);
    wanted.set(id, one);
    return one;
  };
  for (const { entities, fleet, intervalSeconds } of watches) {
    for (const id of fleet ? all() : []) takeFleet(fleet, of(id, intervalSeconds));
    for (const id of entities) {
      const entity = find(id);
      const host = entity?.kind === 'hypervisor' ? entity.id : entity?.hypervisor;
      if (entity && host !== undefined) take(entity, of(host, intervalSeconds));
    }
  }
  return wanted;
}

function takeFleet(fleet: StatisticsWatch['fleet'], wanted: Wanted | undefined): void {
  if (!wanted) return;
  wanted.hypervisor = true;
  if (fleet === 'all') wanted.machines = 'all';
}

function take(entity: Entity, wanted: Wanted | undefined): void {
  if (!wanted) return;
  if (entity.kind === 'hypervisor') {
    wanted.hypervisor = true;
    return;
  }
  const uuid = uuidOf(entity.jid);
  if (uuid !== undefined && wanted.machines !== 'all') wanted.machines.add(uuid);
}
