import type { Entity, EntityId } from '../../../core/domain/entity.ts';

/** Entities that get the same groups by being dropped. */
export interface GroupChange {
  readonly groups: readonly string[];
  readonly targets: readonly EntityId[];
}

/** What dropping entities on a group means: they leave the group they were dragged from and join it. */
export function dropOnGroup(
  dragged: readonly { readonly entity: Entity; readonly from: string | undefined }[],
  group: string,
): readonly GroupChange[] {
  const changes = new Map<string, { groups: readonly string[]; targets: EntityId[] }>();
  for (const { entity, from } of dragged) {
    const groups = [...new Set([...entity.groups.filter((name) => name !== from), group])];
    const before = [...entity.groups];
    if (groups.length === before.length && groups.every((name) => before.includes(name))) continue;
    const key = JSON.stringify(groups);
    const change = changes.get(key) ?? { groups, targets: [] };
    change.targets.push(entity.id);
    changes.set(key, change);
  }
  return Array.from(changes.values());
}
