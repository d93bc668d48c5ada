import type { Entity, EntityKind, EntityState } from '../../../core/domain/entity.ts';

/** How many entities of a kind are in a state. */
export interface StateCount {
  readonly kind: EntityKind;
  readonly state: EntityState;
  readonly count: number;
}

const KINDS: readonly EntityKind[] = ['hypervisor', 'central-agent', 'virtualmachine', 'user'];

/** The states of a group's members, by kind, the most frequent first. */
export function stateCounts(members: readonly Entity[]): readonly StateCount[] {
  const counts = new Map<string, StateCount>();
  for (const { kind, state } of members) {
    const key = `${kind} ${state}`;
    counts.set(key, { kind, state, count: (counts.get(key)?.count ?? 0) + 1 });
  }
  return [...counts.values()].sort(
    (a, b) => KINDS.indexOf(a.kind) - KINDS.indexOf(b.kind) || b.count - a.count,
  );
}
