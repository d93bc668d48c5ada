import type { EntityId } from '../../../core/domain/entity.ts';
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
  /** Something is looked for: what fits is never folded away, and no group that holds nothing is shown. */
  readonly isSearched: boolean;
}

type Writable<T> = { -readonly [K in keyof T]: T[K] };

interface Kept {
  readonly node: RosterNode;
  readonly children: readonly Kept[];
  readonly hosts: number;
  readonly machines: number;
}

const NO_CHILDREN: readonly Kept[] = [];

/** Runs for every node at each key that is typed into the filter: a leaf that is not kept costs nothing. */
function keep(node: RosterNode, folding: Folding): Kept | undefined {
  if (node.children.length > 0) return keepBranch(node, folding);
  return isKept(node, false, folding) ? keptAs(node, NO_CHILDREN, 0, 0) : undefined;
}

function keepBranch(node: RosterNode, folding: Folding): Kept | undefined {
  const children: Kept[] = [];
  let hosts = 0;
  let machines = 0;
  for (const child of node.children) {
    const kept = keep(child, folding);
    if (!kept) continue;
    children.push(kept);
    hosts += kept.hosts;
    machines += kept.machines;
  }
  const isAnyKept = children.length > 0;
  return isKept(node, isAnyKept, folding) ? keptAs(node, children, hosts, machines) : undefined;
}

function keptAs(
  node: RosterNode,
  children: readonly Kept[],
  hosts: number,
  machines: number,
): Kept {
  return {
    node,
    children,
    hosts: hosts + Number(node.kind === 'hypervisor'),
    machines: machines + Number(node.kind === 'virtualmachine'),
  };
}

function isKept(node: RosterNode, isAnyBelow: boolean, folding: Folding): boolean {
  if (isAnyBelow) return true;
  if (node.entity !== undefined) return folding.passes?.(node.entity) ?? true;
  return node.group !== undefined && node.children.length === 0 && !folding.isSearched;
}

function addRows(
  rows: RosterRow[],
  siblings: readonly Kept[],
  level: number,
  folding: Folding,
): void {
  siblings.forEach(({ node, children, hosts, machines }, at) => {
    const isOpen = children.length > 0 && (folding.isSearched || !folding.isCollapsed(node.key));
    const row: Writable<RosterRow> = {
      key: node.key,
      level,
      setSize: siblings.length,
      position: at + 1,
      expanded: children.length > 0 ? isOpen : undefined,
      label: node.label,
      hosts,
      machines,
    };
    if (node.entity !== undefined) row.entity = node.entity;
    if (node.group !== undefined) row.group = node.group;
    rows.push(row);
    if (isOpen) addRows(rows, children, level + 1, folding);
  });
}

/** The lines of the roster from top to bottom: what passes, with what it stands below. */
export function rosterRows(nodes: readonly RosterNode[], folding: Folding): readonly RosterRow[] {
  const kept = nodes.flatMap((node) => keep(node, folding) ?? []);
  const rows: RosterRow[] = [];
  addRows(rows, kept, 1, folding);
  return rows;
}
