import type { Entity, EntityId, EntityKind } from '../../../core/domain/entity.ts';
import { groupLabel, parentGroup } from '../../../core/domain/group-path.ts';
import type { Messages } from '../../../core/messages/catalogue.ts';

/** A place in the tree, before it is known what is filtered or folded. */
export interface RosterNode {
  readonly key: string;
  readonly label: string;
  readonly entity?: EntityId;
  /** What the entity is. */
  readonly kind?: EntityKind;
  /** Of a group: its whole name, where entities can be dragged to it. */
  readonly group?: string;
  readonly children: RosterNode[];
}

type Words = Pick<Messages['roster'], 'people' | 'unknownHost' | 'noGroup'>;

const byLabel = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' });

function sortNodes(nodes: RosterNode[]): void {
  nodes.sort((a, b) => {
    const groupsFirst = Number(a.entity !== undefined) - Number(b.entity !== undefined);
    return groupsFirst || byLabel.compare(a.label, b.label) || (a.key < b.key ? -1 : 1);
  });
  for (const node of nodes) sortNodes(node.children);
}

function nodeOf(entity: Entity, place: string): RosterNode {
  const { id, kind, name } = entity;
  return { key: `${place}/${id}`, label: name, entity: id, kind, children: [] };
}

/** The key of a group's row, in either arrangement. */
export function groupKey(group: string): string {
  return `group ${group}`;
}

/** Groups by their whole name, made as they are needed, nested by the delimiter. */
class Groups {
  readonly roots: RosterNode[] = [];
  readonly #byName = new Map<string, RosterNode>();

  at(name: string): RosterNode {
    const known = this.#byName.get(name);
    if (known) return known;
    const parent = parentGroup(name);
    const made = { key: groupKey(name), label: groupLabel(name), group: name, children: [] };
    this.#byName.set(name, made);
    (parent === undefined ? this.roots : this.at(parent).children).push(made);
    return made;
  }
}

/** Groups of the roster, each entity in every group it belongs to; `kept` are there without a member, too. */
export function arrangeByGroup(
  entities: readonly Entity[],
  words: Words,
  kept: readonly string[],
): readonly RosterNode[] {
  const groups = new Groups();
  for (const name of kept) groups.at(name);
  const loose: RosterNode = { key: 'no group', label: words.noGroup, children: [] };
  for (const entity of entities) {
    if (entity.groups.length === 0) loose.children.push(nodeOf(entity, loose.key));
    for (const name of entity.groups) {
      const group = groups.at(name);
      group.children.push(nodeOf(entity, group.key));
    }
  }
  sortNodes(groups.roots);
  sortNodes(loose.children);
  return loose.children.length > 0 ? [...groups.roots, loose] : groups.roots;
}

interface HostParts {
  readonly hosts: Map<EntityId, RosterNode>;
  readonly groups: Groups;
  readonly top: RosterNode[];
}

function placeHosts(entities: readonly Entity[]): HostParts {
  const parts: HostParts = { hosts: new Map(), groups: new Groups(), top: [] };
  for (const entity of entities) {
    if (entity.kind !== 'hypervisor' && entity.kind !== 'central-agent') continue;
    const node = nodeOf(entity, 'host');
    parts.hosts.set(entity.id, node);
    const [group] = entity.groups;
    (group === undefined ? parts.top : parts.groups.at(group).children).push(node);
  }
  return parts;
}

/** Group of the hypervisor, hypervisor, virtual machines; then those without a host, then people. */
export function arrangeByHost(entities: readonly Entity[], words: Words): readonly RosterNode[] {
  const { hosts, groups, top } = placeHosts(entities);
  const lost: RosterNode = { key: 'host unknown', label: words.unknownHost, children: [] };
  const people: RosterNode = { key: 'people', label: words.people, children: [] };
  for (const entity of entities) {
    if (entity.kind === 'user') people.children.push(nodeOf(entity, people.key));
    if (entity.kind !== 'virtualmachine') continue;
    const host = (entity.hypervisor && hosts.get(entity.hypervisor)) ?? lost;
    host.children.push(nodeOf(entity, host.key));
  }
  const nodes = [...groups.roots, ...top];
  sortNodes(nodes);
  sortNodes(lost.children);
  sortNodes(people.children);
  return [...nodes, ...[lost, people].filter(({ children }) => children.length > 0)];
}
