import { screen } from 'electron';
import type { AppAnnouncer, AppHandlers } from '../../core/contract/contract.ts';
import { FullScreens } from '../workspaces/full-screens.ts';
import { PanelMoves } from '../workspaces/panel-moves.ts';
import { TimeCursors } from '../workspaces/time-cursors.ts';
import { cursorHandlers } from './cursor-handlers.ts';
import { layoutHandlers } from './layout-handlers.ts';
import { workspaceHandlers, type WorkspaceParts } from './workspace-handlers.ts';

export interface WindowHandlerParts extends Omit<WorkspaceParts, 'moves' | 'fullScreens'> {
  /** Tells one window. */
  readonly tell: (windowId: number) => AppAnnouncer;
}

/** What windows may ask about themselves and each other. */
export function windowHandlers({
  tell,
  ...parts
}: WindowHandlerParts): Pick<AppHandlers, 'cursor' | 'layouts' | 'workspaces'> {
  const { displays, list, windows } = parts.workspaces;
  const moves = new PanelMoves({
    windows,
    displays,
    pointer: () => screen.getCursorScreenPoint(),
    comes: (id, move, panel) => tell(id).workspaces.panelComes({ move, panel }),
  });
  const fullScreens = new FullScreens(displays);
  return {
    cursor: cursorHandlers(new TimeCursors(), windows, (id, at) => tell(id).cursor.changed(at)),
    layouts: layoutHandlers(windows, list),
    workspaces: workspaceHandlers({ ...parts, moves, fullScreens }),
  };
}
