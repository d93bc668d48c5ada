import type { AppHandlers } from '../../core/contract/contract.ts';
import { err, ok } from '../../core/lib/result.ts';
import type { TimeCursors } from '../workspaces/time-cursors.ts';
import type { WorkspaceWindows } from '../workspaces/workspace-windows.ts';

const noWindow = err({ code: 'not-found', what: 'window' } as const);

/** The time cursor of the workspace that a window belongs to. */
export function cursorHandlers(
  cursors: TimeCursors,
  windows: WorkspaceWindows,
  tell: (windowId: number, at: number | null) => void,
): AppHandlers['cursor'] {
  return {
    current: async (_input, { windowId }) => {
      const open = windows.find(windowId);
      return open ? ok(cursors.of(open.workspace)) : noWindow;
    },
    point: async ({ at }, { windowId }) => {
      const open = windows.find(windowId);
      if (!open) return noWindow;
      cursors.point(open.workspace, at);
      for (const { id } of windows.windowsOf(open.workspace)) tell(id, at);
      return ok(undefined);
    },
  };
}
