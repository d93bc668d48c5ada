import { entityId, type Entity, type EntityId } from '../../../core/domain/entity.ts';
import { parseJid } from '../../../core/domain/jid.ts';

/** A domain as its hypervisor names it. */
export interface ListedDomain {
  readonly jid: string;
  readonly isManaged: boolean;
  readonly name?: string | undefined;
}

/** A virtual machine of a hypervisor; `entity` is absent when it is not in the roster. */
export interface ManagedRow {
  readonly key: string;
  readonly name: string;
  readonly jid: string;
  readonly entity: Entity | undefined;
}

/** A domain that other tools made. */
export interface OtherRow {
  readonly uuid: string;
  readonly name: string;
}

const byName = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' });

/** The managed machines of a hypervisor by name, as the roster knows them where it does. */
export function managedRows(
  host: Entity,
  domains: readonly ListedDomain[],
  find: (id: EntityId) => Entity | undefined,
): readonly ManagedRow[] {
  const rows = domains.flatMap(({ jid: text, isManaged, name }): ManagedRow[] => {
    const jid = parseJid(text)?.bare;
    if (!isManaged || jid === undefined) return [];
    const entity = find(entityId(host.account, jid));
    return [{ key: jid, jid, entity, name: entity?.name ?? name ?? jid }];
  });
  return rows.sort((a, b) => byName.compare(a.name, b.name));
}

/**
 * Whether domains that are not managed can be shown. Only libvirt knows them: while it is away, an agent
 * lists none, which does not mean that there are none.
 */
export function othersState(
  host: Pick<Entity, 'state'>,
  rows: readonly OtherRow[],
): 'shown' | 'none' | 'unknown' {
  if (rows.length > 0) return 'shown';
  return host.state === 'libvirt-lost' ? 'unknown' : 'none';
}

/** The domains of a hypervisor that are not managed, by name; those without one first. */
export function otherRows(domains: readonly ListedDomain[]): readonly OtherRow[] {
  const rows = domains
    .filter(({ isManaged }) => !isManaged)
    .map(({ jid, name }) => ({ uuid: parseJid(jid)?.node ?? jid, name: name ?? '' }));
  return rows.sort((a, b) => byName.compare(a.name, b.name));
}
