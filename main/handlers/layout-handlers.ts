import type { AppHandlers } from '../../core/contract/contract.ts';
import { err, ok } from '../../core/lib/result.ts';
import type { WorkspaceList } from '../workspaces/workspace-list.ts';
import type { WorkspaceWindows } from '../workspaces/workspace-windows.ts';

const noWindow = err({ code: 'not-found', what: 'window' } as const);

/** What each window of a workspace shows. */
export function layoutHandlers(
  windows: WorkspaceWindows,
  list: WorkspaceList,
): AppHandlers['layouts'] {
  return {
    load: async (_input, { windowId }) => {
      const start = windows.startOf(windowId);
      return start ? ok(start) : noWindow;
    },
    // By its own id: what was shown when it was arranged may not be what is shown now.
    save: async ({ id, layout }) => list.setLayout(id, layout) ?? noWindow,
  };
}
