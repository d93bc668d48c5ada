import { createContext } from 'svelte';
import type { ViewState } from '../../core/contract/layouts.ts';

/**
 * What a panel keeps for itself, such as its filter: it is there again after a restart, and when the
 * panel is moved to another window, where it is mounted anew.
 */
export interface PanelMemory {
  /** As it was when the panel was mounted. */
  readonly kept: ViewState;
  keep(state: ViewState): void;
}

export const [getPanelMemory, setPanelMemory] = createContext<PanelMemory>();
