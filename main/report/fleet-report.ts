import type { Entity } from '../../core/domain/entity.ts';
import { similarJids } from '../../core/domain/similar-jid.ts';

/** Each agent with its version, and how many entities are in which state. */
export function describeFleet(entities: readonly Entity[]): readonly string[] {
  const agents = entities
    .filter(({ kind }) => kind === 'hypervisor')
    .map(({ jid, state, agent }) => {
      const { generation = 'unknown agent', version = '' } = agent ?? {};
      return `${jid}: ${state}, ${generation} ${version}`.trim();
    });
  const states = new Map<string, number>();
  for (const { kind, state } of entities) {
    const key = `${kind} ${state}`;
    states.set(key, (states.get(key) ?? 0) + 1);
  }
  return [...agents, ...[...states].map(([key, count]) => `${key}: ${count}`)];
}

/** Contacts that are not there, whose JID is one slip away from another's. */
export function describeSpelling(entities: readonly Entity[]): readonly string[] {
  const away = entities.filter(({ kind, state }) => {
    return kind !== 'virtualmachine' && (state === 'offline' || state === 'unknown');
  });
  return away.flatMap(({ jid }) => {
    const others = entities
      .filter((one) => one.jid !== jid && one.kind !== 'virtualmachine')
      .map((one) => one.jid);
    const similar = similarJids(jid, others);
    return similar.length === 0 ? [] : [`${jid} is not there; known: ${similar.join(', ')}`];
  });
}
