import type { Entity } from '../../core/domain/entity.ts';
import { isWithinGroup, parentGroup } from '../../core/domain/group-path.ts';

const byName = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' });

/** All roster groups by their whole names: those with members, those that hold them, and those that are kept. */
export function knownGroups(
  entities: readonly Entity[],
  kept: readonly string[],
): readonly string[] {
  const groups = new Set<string>();
  for (const name of [...kept, ...entities.flatMap((entity) => entity.groups)]) {
    let group: string | undefined = name;
    for (; group !== undefined && !groups.has(group); group = parentGroup(group)) groups.add(group);
  }
  return [...groups].sort((a, b) => byName.compare(a, b));
}

/** Who stands in a group or in one nested in it. */
export function membersOf(entities: readonly Entity[], group: string): readonly Entity[] {
  return entities.filter(({ groups }) => groups.some((one) => isWithinGroup(one, group)));
}
