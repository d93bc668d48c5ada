import type { WorkspacesState } from '../../core/contract/workspaces.ts';

/** Two displays, and this window on the first of them. */
export const FAKE_WORKSPACES: WorkspacesState = {
  workspaces: [
    { id: 'overview', builtIn: 'overview', isOpen: true },
    { id: 'debugging', builtIn: 'debugging', isOpen: false },
  ],
  windows: [{ window: 1, workspace: 'overview', display: 1 }],
  displays: [
    { id: 1, label: '', width: 1280, height: 800, isPrimary: true },
    { id: 2, label: 'DELL U2720Q', width: 2560, height: 1440, isPrimary: false },
  ],
  parked: 0,
};
