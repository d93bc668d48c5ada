import type { BrowserWindow } from 'electron';
import type { AppError } from '../../core/contract/app-error.ts';
import type { StartPlace, WindowStart } from '../../core/contract/layouts.ts';
import type { WorkspacesState } from '../../core/contract/workspaces.ts';
import { BUILT_IN_IDS } from '../../core/domain/built-in-workspaces.ts';
import { ok, type Result } from '../../core/lib/result.ts';
import type { ProfileStorage } from '../../node/storage/profile-storage.ts';
import { DisplayList, type ScreenView } from './display-list.ts';
import type { Box } from './display-match.ts';
import { displayOf } from './window-place.ts';
import { adoptWindows, readWorkspaceFile, writeWorkspaceFile } from './workspace-file.ts';
import type { StoredWorkspace } from './workspace-format.ts';
import { WorkspaceList } from './workspace-list.ts';
import { WorkspaceWindows } from './workspace-windows.ts';

export interface WorkspacesPorts {
  readonly storage: Pick<ProfileStorage, 'load' | 'save'>;
  readonly screen: ScreenView;
  readonly make: (bounds: Box) => BrowserWindow;
  readonly changed: (state: WorkspacesState) => void;
  readonly replaced: (windowId: number, start: WindowStart) => void;
}

/** The workspaces of a profile: what is kept of each, and the windows of those that are open. */
export class Workspaces {
  readonly list: WorkspaceList;
  readonly displays: DisplayList;
  readonly windows: WorkspaceWindows;
  readonly #changed: WorkspacesPorts['changed'];

  constructor({ storage, screen, make, changed, replaced }: WorkspacesPorts) {
    this.#changed = changed;
    this.list = new WorkspaceList(storage);
    this.displays = new DisplayList(screen, this.list);
    this.windows = new WorkspaceWindows({
      list: this.list,
      displays: this.displays,
      make,
      changed: () => this.announce(),
      replaced,
    });
  }

  announce(): void {
    this.#changed(this.state());
  }

  state(): WorkspacesState {
    const { all, primary } = this.displays;
    return {
      workspaces: this.list.all().map(({ id, name, builtIn }) => ({
        id,
        ...(name === undefined ? {} : { name }),
        ...(builtIn ? { builtIn } : {}),
        isOpen: this.list.open.includes(id),
      })),
      windows: this.windows.all().map(({ id, workspace, window, isParked }) => {
        const display = isParked ? undefined : displayOf(window.getBounds(), all)?.id;
        return { window: id, workspace, ...(display === undefined ? {} : { display }) };
      }),
      displays: all.map(({ id, label, bounds: { width, height } }) => ({
        id,
        label,
        width,
        height,
        isPrimary: id === primary.id,
      })),
      parked: this.windows.parked.length,
    };
  }

  isBuiltIn(id: string): boolean {
    return BUILT_IN_IDS.some((one) => one === id);
  }

  /** What a workspace shows, over all its windows; undefined when there is none of this id. */
  panelsOf(id: string): readonly StartPlace[] | undefined {
    return this.list.prepare(id, this.displays.all.length)?.windows.flatMap((window) => {
      if (!window.layout) return window.panels;
      return window.layout.panels.map(({ panel, subject, state }) => {
        return { panel, subject, place: 'tab' as const, ...(state ? { state } : {}) };
      });
    });
  }

  /** Forgets a workspace; where it was open, another one takes the place of its first window. */
  remove(id: string): void {
    const [first] = this.windows.windowsOf(id);
    if (first) this.windows.open('overview', first);
    this.windows.close(id);
    this.list.forget(id);
    this.announce();
  }

  /** A built-in workspace begins anew, at once where it is open. */
  reset(id: string): void {
    const [first] = this.windows.windowsOf(id);
    if (!first) {
      this.list.forget(id);
      return;
    }
    this.windows.renew(id, first);
  }

  writeFile(
    { windows }: StoredWorkspace,
    name: string,
    file: string,
  ): Promise<Result<undefined, AppError>> {
    return writeWorkspaceFile(file, name, windows, this.list.displays);
  }

  /** Adds the workspace of an exported file and gives its id. */
  async readFile(file: string): Promise<Result<string, AppError>> {
    const read = await readWorkspaceFile(file);
    if (!read.ok) return read;
    const { windows, known } = adoptWindows(read.value, this.list.displays);
    this.list.displays = known;
    const id = this.list.create(read.value.name, windows);
    this.displays.look();
    this.announce();
    return ok(id);
  }
}
