import type { Entity, EntityId } from '../../../core/domain/entity.ts';
import type { TreeRow } from '../../ui/tree-navigation.ts';
import type { RosterNode } from './roster-tree.ts';

/** A line of the roster: an entity, or a group when it has none. */
export interface RosterRow extends TreeRow {
  readonly entity?: EntityId;
  readonly group?: string;
  readonly hosts: number;
  readonly machines: number;
}

export interface Folding {
  readonly isCollapsed: (key: string) => boolean;
  /** Undefined: nothing is filtered, and empty hypervisors stay. */
  readonly passes: ((id: EntityId) => boolean) | undefined;
  /** Groups that hold nothing are shown; not where something is looked for. */
  readonly emptyGroups: boolean;
  readonly kindOf: (id: EntityId) => Entity['kind'] | undefined;
}

interface Kept {
  readonly node: RosterNode;
  readonly children: readonly Kept[];
  readonly hosts: number;
  readonly machines: number;
}

function keep(node: RosterNode, folding: Folding): Kept | undefined {
  const children = node.children.flatMap((child) => keep(child, folding) ?? []);
  const self = node.entity === undefined ? false : (folding.passes?.(node.entity) ?? true);
  const isEmptyGroup = node.group !== undefined && node.children.length === 0;
  if (!self && children.length === 0 && !(isEmptyGroup && folding.emptyGroups)) return undefined;
  const kind = node.entity && folding.kindOf(node.entity);
  const sum = (part: 'hosts' | 'machines'): number =>
    children.reduce((total, child) => total + child[part], 0);
  return {
    node,
    children,
    hosts: sum('hosts') + Number(kind === 'hypervisor'),
    machines: sum('machines') + Number(kind === 'virtualmachine'),
  };
}

function addRows(
  rows: RosterRow[],
  siblings: readonly Kept[],
  level: number,
  folding: Folding,
): void {
  siblings.forEach(({ node, children, hosts, machines }, at) => {
    // What matches a filter is never hidden in a folded group.
    const open = folding.passes !== undefined || !folding.isCollapsed(node.key);
    rows.push({
      key: node.key,
      level,
      setSize: siblings.length,
      position: at + 1,
      expanded: children.length > 0 ? open : undefined,
      label: node.label,
      hosts,
      machines,
      ...(node.entity === undefined ? {} : { entity: node.entity }),
      ...(node.group === undefined ? {} : { group: node.group }),
    });
    if (open) addRows(rows, children, level + 1, folding);
  });
}

/** The lines of the roster from top to bottom: what passes, with what it stands below. */
export function rosterRows(nodes: readonly RosterNode[], folding: Folding): readonly RosterRow[] {
  const kept = nodes.flatMap((node) => keep(node, folding) ?? []);
  const rows: RosterRow[] = [];
  addRows(rows, kept, 1, folding);
  return rows;
}
