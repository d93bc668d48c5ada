import type { Entity } from '../../core/domain/entity.ts';
import type { PanelStates } from '../../core/messages/en/panels.ts';
import type { SelectedGroup } from '../state/selection-store.svelte.ts';

/** What a panel with a subject is given: at least one entity, and the words of its six states. */
export interface EntityPanelProps {
  readonly entities: readonly [Entity, ...Entity[]];
  readonly states: PanelStates;
}

/** What a panel without a subject is given. */
export interface FreePanelProps {
  readonly states: PanelStates;
}

/** What a panel is given that shows the group selected in the roster. */
export interface GroupPanelProps {
  readonly group: SelectedGroup;
}
