import type { IDockviewPanel } from 'dockview';
import type { StartPlace } from '../../../core/contract/layouts.ts';

/** Where a panel that is added stands. */
export interface TabPlace {
  /** The panel whose tab it stands with: right behind that one, or at the end of all. */
  readonly beside?: IDockviewPanel | undefined;
  readonly isNext?: boolean;
  /** The side of all that stands so far. */
  readonly edge?: Exclude<StartPlace['place'], 'tab'> | undefined;
}

/** As the docking library wants it. */
export function positionOf({ beside, isNext, edge }: TabPlace) {
  if (edge) return { position: { direction: edge } };
  if (!beside) return {};
  const position = { referencePanel: beside, direction: 'within' } as const;
  if (!isNext) return { position };
  return { position: { ...position, index: beside.group.panels.indexOf(beside) + 1 } };
}

/** Whether a tab stands among the same tabs as another, and behind it. */
export function isBehind(panel: IDockviewPanel, other: IDockviewPanel): boolean {
  const { panels } = other.group;
  return panels.indexOf(panel) > panels.indexOf(other);
}
