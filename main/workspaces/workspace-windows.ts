import type { BrowserWindow } from 'electron';
import type { WindowStart } from '../../core/contract/layouts.ts';
import type { DisplayList } from './display-list.ts';
import type { Box, DisplayView } from './display-match.ts';
import { OpenWindow } from './open-window.ts';
import { Placement } from './placement.ts';
import { comfortable, displayOf, placeOf, within, type WindowPlace } from './window-place.ts';
import type { StoredWindow } from './workspace-format.ts';
import type { WorkspaceList } from './workspace-list.ts';

export interface WindowParts {
  readonly list: WorkspaceList;
  readonly displays: DisplayList;
  /** Makes a window that is not shown yet. */
  readonly make: (bounds: Box) => BrowserWindow;
  /** Something that windows know of each other has changed. */
  readonly changed: () => void;
  /** A window shows another workspace from now on. */
  readonly replaced: (windowId: number, start: WindowStart) => void;
}

const FIRST = 'overview';

/**
 * The windows of the workspaces that are open, each on the display it belongs to. What a missing
 * display held waits, hidden, and comes back with it; something always stays in sight.
 */
export class WorkspaceWindows {
  readonly #parts: WindowParts;
  readonly #placement: Placement;
  readonly #open = new Map<number, OpenWindow>();
  #isStopping = false;

  constructor(parts: WindowParts) {
    this.#parts = parts;
    this.#placement = new Placement(parts.displays);
  }

  /** Opens the workspaces of the last time, or the one that is asked for. */
  restore(wanted: string | undefined): void {
    const { displays, list } = this.#parts;
    displays.look();
    const ids = wanted === undefined ? list.open : [wanted];
    for (const id of ids.length > 0 ? ids : [FIRST]) this.open(id, undefined);
    if (this.#open.size === 0) this.open(FIRST, undefined);
  }

  all(): readonly OpenWindow[] {
    return [...this.#open.values()].filter(({ isLeaving }) => !isLeaving);
  }

  find(windowId: number): OpenWindow | undefined {
    return this.#open.get(windowId);
  }

  windowsOf(workspace: string): readonly OpenWindow[] {
    return this.all().filter((one) => one.workspace === workspace);
  }

  startOf(windowId: number): WindowStart | undefined {
    const open = this.find(windowId);
    const stored = open && this.#parts.list.findWindow(open.workspace, open.stored);
    return stored && startOf(stored);
  }

  /** Windows that wait for a display that is missing. */
  get parked(): readonly { readonly workspace: string; readonly stored: StoredWindow }[] {
    const { list } = this.#parts;
    return list.open.flatMap((workspace) => {
      const shown = this.windowsOf(workspace).filter(({ isParked }) => !isParked);
      return (list.find(workspace)?.windows ?? [])
        .filter(({ id }) => !shown.some(({ stored }) => stored === id))
        .map((stored) => ({ workspace, stored }));
    });
  }

  /**
   * Opens a workspace whole; `instead` is the window whose workspace gives way to it. One that is open
   * comes to the front. False when there is no such workspace.
   */
  open(id: string, instead: OpenWindow | undefined): boolean {
    const { displays, list } = this.#parts;
    const workspace = list.prepare(id, displays.all.length);
    if (!workspace) return false;
    const shown = this.windowsOf(id).filter(({ isParked }) => !isParked);
    if (shown.length > 0) {
      for (const one of shown) one.raise();
      return true;
    }
    const left = instead?.workspace;
    list.setOpen(id, true);
    const here = workspace.windows.filter((window) => this.#placement.isHome(window.place));
    const [first, ...rest] = here.length > 0 ? here : workspace.windows.slice(0, 1);
    if (first) this.#openFirst(id, first, rest, instead);
    if (left !== undefined && left !== id) this.#close(left);
    this.#parts.changed();
    return true;
  }

  /** A workspace begins anew; this window of it becomes its first. */
  renew(id: string, first: OpenWindow): void {
    const { list } = this.#parts;
    for (const one of this.windowsOf(id)) if (one !== first) one.leave();
    list.forget(id);
    this.#open.delete(first.id);
    this.open(id, first);
  }

  /** Opens one more window in a workspace; it stands on the given display, else beside another window. */
  openWindow(
    workspace: string,
    window: Omit<StoredWindow, 'id' | 'place'>,
    display: DisplayView | undefined,
  ): OpenWindow | undefined {
    const stored = this.#parts.list.addWindow(workspace, window);
    const opened = stored && this.#make(workspace, stored, display);
    this.#parts.changed();
    return opened;
  }

  /** Has every window stand where it belongs, as far as its display is there. */
  rearrange(): void {
    const { displays, list } = this.#parts;
    displays.look();
    for (const one of this.#open.values()) one.settle();
    const [kept] = this.#mustStay();
    for (const one of this.all()) this.#arrange(one, one === kept);
    for (const { workspace, stored } of this.parked) {
      const isOpen = this.windowsOf(workspace).some((one) => one.stored === stored.id);
      if (!isOpen && this.#placement.isHome(stored.place)) this.#make(workspace, stored, undefined);
    }
    void list.save();
    this.#parts.changed();
  }

  /** Binds what waits for a missing display to the display on which this window stands. */
  bringParked(to: OpenWindow): void {
    const { displays, list } = this.#parts;
    const display = displayOf(to.window.getBounds(), displays.all) ?? displays.primary;
    for (const { workspace, stored } of this.parked) {
      const box = within({ ...comfortable(display), ...stored.place?.bounds }, display.workArea);
      list.setPlace(workspace, stored.id, placeOf(box, 'normal', displays.present));
      const open = this.windowsOf(workspace).find((one) => one.stored === stored.id);
      if (open) open.show('home', box, 'normal');
      else {
        const bound = list.findWindow(workspace, stored.id);
        if (bound) this.#make(workspace, bound, undefined);
      }
    }
    for (const one of this.all()) if (one.state === 'away') this.#adopt(one);
    this.#parts.changed();
  }

  /** Closes a workspace and keeps it as it is. */
  close(id: string): void {
    this.#close(id);
    this.#parts.changed();
  }

  /** Keeps where every window stands, for the end. */
  stop(): void {
    for (const one of this.#open.values()) this.#record(one);
    this.#isStopping = true;
  }

  #openFirst(
    id: string,
    first: StoredWindow,
    rest: readonly StoredWindow[],
    instead: OpenWindow | undefined,
  ): void {
    const opened = instead ? this.#give(instead, id, first) : this.#make(id, first, undefined);
    if (!this.#placement.isHome(first.place)) opened.state = 'away';
    for (const stored of rest) this.#make(id, stored, undefined);
  }

  #close(id: string): void {
    for (const one of this.windowsOf(id)) {
      this.#record(one);
      one.leave();
    }
    this.#parts.list.setOpen(id, false);
  }

  /** A window goes over to another workspace. */
  #give(open: OpenWindow, workspace: string, stored: StoredWindow): OpenWindow {
    this.#record(open);
    this.#open.set(open.id, open);
    open.workspace = workspace;
    open.stored = stored.id;
    open.state = 'home';
    const target = stored.place && this.#placement.target(stored.place);
    if (target) open.put(target, stored.place?.mode ?? 'normal');
    else this.#record(open);
    this.#parts.replaced(open.id, startOf(stored));
    return open;
  }

  #make(workspace: string, stored: StoredWindow, wanted: DisplayView | undefined): OpenWindow {
    const { displays, make } = this.#parts;
    const kept = wanted ? undefined : stored.place && this.#placement.target(stored.place);
    const box = kept ?? this.#placement.free(this.#standing(workspace), wanted);
    const window = make(box);
    const open = new OpenWindow(
      window,
      { workspace, stored: stored.id },
      { rested: () => this.#rested(open), closed: () => this.#closed(open) },
    );
    this.#open.set(open.id, open);
    if (kept) open.put(kept, stored.place?.mode ?? 'normal');
    else if (!stored.place) {
      this.#parts.list.setPlace(workspace, stored.id, placeOf(box, 'normal', displays.present));
    }
    return open;
  }

  #standing(workspace: string): readonly Box[] {
    return this.windowsOf(workspace)
      .filter(({ isParked }) => !isParked)
      .map(({ window }) => window.getBounds());
  }

  #placeOf(open: OpenWindow): WindowPlace | undefined {
    return this.#parts.list.findWindow(open.workspace, open.stored)?.place;
  }

  /** The window that stays in sight although its display is missing: nothing else would. */
  #mustStay(): readonly OpenWindow[] {
    const isHome = (one: OpenWindow): boolean => {
      const place = this.#placeOf(one);
      return !place || this.#placement.target(place) !== undefined;
    };
    const all = this.all();
    if (all.some(isHome)) return [];
    return [...all].sort((left, right) => right.focusedAt - left.focusedAt);
  }

  #arrange(open: OpenWindow, mustStay: boolean): void {
    const { displays } = this.#parts;
    const place = this.#placeOf(open);
    if (!place) return;
    const target = this.#placement.target(place);
    if (target) open.show('home', target, place.mode);
    else if (!mustStay) open.park();
    else {
      const box = within(open.window.getNormalBounds(), displays.primary.workArea);
      open.show('away', box, place.mode);
    }
  }

  #adopt(open: OpenWindow): void {
    open.state = 'home';
    this.#record(open);
  }

  #rested(open: OpenWindow): void {
    this.#record(open);
    this.#parts.changed();
  }

  /** Keeps where a window stands, unless that is not where it belongs. */
  #record(open: OpenWindow): void {
    const { displays, list } = this.#parts;
    if (this.#isStopping || open.window.isDestroyed() || open.state !== 'home') return;
    if (!displays.isCurrent) return;
    const place = placeOf(open.window.getNormalBounds(), open.mode, displays.present);
    list.setPlace(open.workspace, open.stored, place);
  }

  #closed(open: OpenWindow): void {
    const { list, changed } = this.#parts;
    this.#open.delete(open.id);
    if (this.#isStopping || open.isLeaving) return;
    const left = this.windowsOf(open.workspace);
    if (left.some(({ isParked }) => !isParked)) list.removeWindow(open.workspace, open.stored);
    else {
      // Nobody could close what is hidden.
      for (const one of left) one.leave();
      const isLast = this.all().every(({ workspace }) => workspace === open.workspace);
      if (!isLast) list.setOpen(open.workspace, false);
    }
    changed();
  }
}

function startOf({ id, layout, panels, hasRoster }: StoredWindow): WindowStart {
  return { id, ...(layout ? { layout } : {}), panels, hasRoster };
}
