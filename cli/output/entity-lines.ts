import type { Entity } from '../../core/domain/entity.ts';
import { messagesFor } from '../../core/messages/catalogue.ts';
import { table } from './table.ts';

const { states } = messagesFor('en');

/** What the command line prints of an entity as JSON; stable for scripts. */
export function entityJson(entity: Entity, nameOf: (id: string) => string | undefined) {
  const { account, jid, kind, name, state, status, groups, tags, stale, since } = entity;
  const hypervisor = entity.hypervisor === undefined ? undefined : nameOf(entity.hypervisor);
  return {
    account,
    jid,
    kind,
    name,
    state,
    status,
    groups,
    tags,
    stale,
    // Presences of a log-in say what is so, and often not since when.
    ...(since > 0 && { since: new Date(since).toISOString() }),
    ...(hypervisor === undefined ? {} : { hypervisor }),
  };
}

/** The entities as a table for people. */
export function entityTable(
  entities: readonly Entity[],
  nameOf: (id: string) => string | undefined,
): string {
  const rows = entities.map((entity) => [
    entity.name,
    entity.kind,
    states[entity.state],
    (entity.hypervisor && nameOf(entity.hypervisor)) ?? '',
    entity.tags.map((tag) => `#${tag}`).join(' '),
    entity.jid,
  ]);
  return table(['NAME', 'KIND', 'STATE', 'HOST', 'TAGS', 'JID'], rows);
}
