import type { AppError } from '../../core/contract/app-error.ts';
import type { PanelPlace, StartPlace } from '../../core/contract/layouts.ts';
import type { MoveTarget } from '../../core/contract/workspaces.ts';
import { err, ok, type Result } from '../../core/lib/result.ts';
import type { DisplayList } from './display-list.ts';
import { displayOf } from './window-place.ts';
import type { OpenWindow } from './open-window.ts';
import type { WorkspaceWindows } from './workspace-windows.ts';

/** A page that does not take a panel in so long is as good as gone. */
const PATIENCE_MS = 5_000;

export interface MoveParts {
  readonly windows: WorkspaceWindows;
  readonly displays: DisplayList;
  readonly pointer: () => { readonly x: number; readonly y: number };
  /** Tells a window that a panel comes. */
  readonly comes: (windowId: number, move: number, panel: PanelPlace) => void;
}

type Outcome = Result<undefined, AppError>;

/**
 * Moves panels between windows. The window that has a panel keeps it until the other one says that it
 * has it, so that none is lost when a window or a display goes away in between.
 */
export class PanelMoves {
  readonly #parts: MoveParts;
  readonly #waiting = new Map<number, { readonly to: number; readonly arrived: () => void }>();
  #count = 0;

  constructor(parts: MoveParts) {
    this.#parts = parts;
  }

  async move(panel: PanelPlace, target: MoveTarget, from: OpenWindow): Promise<Outcome> {
    const { windows, displays } = this.#parts;
    if (target.to === 'new-window') return this.#moveToNew(panel, from, undefined);
    if (target.to === 'display') {
      const display = displays.all.find(({ id }) => id === target.display);
      if (!display) return err({ code: 'not-found', what: 'display' });
      const there = this.#windowOn(target.display, from);
      return there ? this.#moveTo(panel, there) : this.#moveToNew(panel, from, display);
    }
    if (target.to === 'pointer') {
      const under = this.#underPointer(from);
      return under ? this.#moveTo(panel, under) : err({ code: 'cancelled' });
    }
    const to = windows.find(target.window);
    // What is hidden is no place to put something.
    const canTake = to !== undefined && !to.isParked && to !== from;
    return canTake ? this.#moveTo(panel, to) : err({ code: 'not-found', what: 'window' });
  }

  /** A window has the panel that it was told of. */
  arrived(move: number, windowId: number): void {
    const waiting = this.#waiting.get(move);
    if (waiting?.to === windowId) waiting.arrived();
  }

  async #moveTo(panel: PanelPlace, to: OpenWindow): Promise<Outcome> {
    this.#count += 1;
    const move = this.#count;
    const hasArrived = await new Promise<boolean>((settle) => {
      const timer = setTimeout(settle, PATIENCE_MS, false);
      const end = (arrived: boolean) => () => {
        clearTimeout(timer);
        settle(arrived);
      };
      to.window.once('closed', end(false));
      this.#waiting.set(move, { to: to.id, arrived: end(true) });
      this.#parts.comes(to.id, move, panel);
    });
    this.#waiting.delete(move);
    if (!hasArrived) return err({ code: 'not-found', what: 'window' });
    to.raise();
    return ok(undefined);
  }

  /** The description is kept with the new window before its page loads. */
  async #moveToNew(
    { panel, subject, state }: PanelPlace,
    from: OpenWindow,
    display: Parameters<WorkspaceWindows['openWindow']>[2],
  ): Promise<Outcome> {
    const start: StartPlace = { panel, subject, place: 'tab', ...(state ? { state } : {}) };
    const window = { panels: [start], hasRoster: false };
    const opened = this.#parts.windows.openWindow(from.workspace, window, display);
    return opened ? ok(undefined) : err({ code: 'not-found', what: 'workspace' });
  }

  #windowOn(display: number, from: OpenWindow): OpenWindow | undefined {
    const { windows, displays } = this.#parts;
    return lastInFront(
      windows
        .windowsOf(from.workspace)
        .filter((one) => one !== from && !one.isParked)
        .filter(({ window }) => displayOf(window.getBounds(), displays.all)?.id === display),
    );
  }

  #underPointer(from: OpenWindow): OpenWindow | undefined {
    const { windows, pointer } = this.#parts;
    const { x, y } = pointer();
    const isUnder = ({ window }: OpenWindow): boolean => {
      const bounds = window.getBounds();
      const isBeside = x < bounds.x || x >= bounds.x + bounds.width;
      return !isBeside && y >= bounds.y && y < bounds.y + bounds.height;
    };
    // The window from which something is dragged is in front of the others.
    if (!from.isParked && isUnder(from)) return undefined;
    return lastInFront(
      windows
        .all()
        .filter((one) => one !== from && !one.isParked && !one.window.isMinimized())
        .filter(isUnder),
    );
  }
}

/** The one that had the focus last: nothing tells which of two windows lies above the other. */
function lastInFront(windows: readonly OpenWindow[]): OpenWindow | undefined {
  return [...windows].sort((left, right) => right.focusedAt - left.focusedAt)[0];
}
