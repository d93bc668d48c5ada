import { randomUUID } from 'node:crypto';
import type { WindowLayout } from '../../core/contract/layouts.ts';
import {
  BUILT_IN_IDS,
  builtInWindows,
  type BuiltInId,
} from '../../core/domain/built-in-workspaces.ts';
import type { ProfileStorage } from '../../node/storage/profile-storage.ts';
import type { KnownDisplay } from './display-match.ts';
import type { WindowPlace } from './window-place.ts';
import {
  readStored,
  WORKSPACES_FILE,
  type StoredWindow,
  type StoredWorkspace,
} from './workspace-format.ts';

/** All workspaces of the profile and what each keeps; every change is written at once. */
export class WorkspaceList {
  readonly #storage: Pick<ProfileStorage, 'load' | 'save'>;
  readonly #stored = new Map<string, StoredWorkspace>();
  #displays: readonly KnownDisplay[] = [];
  #open: readonly string[] = [];

  constructor(storage: Pick<ProfileStorage, 'load' | 'save'>) {
    this.#storage = storage;
  }

  /** Reads what was kept; a damaged or newer file leaves the built-in workspaces alone. */
  async load(): Promise<void> {
    const stored = await this.#storage.load(WORKSPACES_FILE);
    const { displays, workspaces, open } = readStored(stored.ok ? stored.value : undefined);
    for (const workspace of workspaces) this.#stored.set(workspace.id, workspace);
    this.#displays = displays;
    this.#open = open.filter((id) => this.#stored.has(id));
  }

  save(): ReturnType<ProfileStorage['save']> {
    const workspaces = [...this.#stored.values()];
    return this.#storage.save(WORKSPACES_FILE, {
      displays: this.#displays,
      workspaces,
      open: this.#open,
    });
  }

  get displays(): readonly KnownDisplay[] {
    return this.#displays;
  }

  set displays(known: readonly KnownDisplay[]) {
    this.#displays = known;
  }

  /** The workspaces that are open, the one opened last at the end. */
  get open(): readonly string[] {
    return this.#open;
  }

  setOpen(id: string, isOpen: boolean): void {
    const others = this.#open.filter((one) => one !== id);
    this.#open = isOpen ? [...others, id] : others;
    void this.save();
  }

  /** Every workspace that can be opened: those built in, as far as they have a panel, then the user's. */
  all(): readonly Pick<StoredWorkspace, 'id' | 'name' | 'builtIn'>[] {
    const builtIn = BUILT_IN_IDS.filter((id) => builtInWindows(id, 1).length > 0).map((id) => ({
      id,
      builtIn: id,
    }));
    const own = [...this.#stored.values()].filter((workspace) => workspace.builtIn === undefined);
    return [...builtIn, ...own];
  }

  /** A workspace by its id, or by its name as it is typed. */
  named(text: string): string | undefined {
    const wanted = text.trim().toLowerCase();
    return this.all().find(({ id, name }) => id === wanted || name?.toLowerCase() === wanted)?.id;
  }

  find(id: string): StoredWorkspace | undefined {
    return this.#stored.get(id);
  }

  /** A workspace with its windows; a built-in one is made when it is opened first. */
  prepare(id: string, displays: number): StoredWorkspace | undefined {
    const stored = this.#stored.get(id);
    if (stored) return stored;
    const builtIn = BUILT_IN_IDS.find((one) => one === id);
    if (!builtIn) return undefined;
    const made = madeOf(builtIn, displays);
    if (made) void this.#keep(made);
    return made;
  }

  /** Adds a workspace with windows of its own, as they are at another one or with one that is empty. */
  create(name: string, windows: readonly Omit<StoredWindow, 'id'>[]): string {
    const id = randomUUID();
    const own = windows.map((window) => ({ ...window, id: randomUUID() }));
    void this.#keep({ id, name, windows: own.length > 0 ? own : [emptyWindow()] });
    return id;
  }

  rename(id: string, name: string): void {
    const stored = this.#stored.get(id);
    if (stored) void this.#keep({ ...stored, name });
  }

  /** Forgets a workspace; a built-in one begins anew when it is opened next. */
  forget(id: string): void {
    this.#stored.delete(id);
    this.setOpen(id, false);
  }

  addWindow(id: string, window: Omit<StoredWindow, 'id'>): StoredWindow | undefined {
    const stored = this.#stored.get(id);
    if (!stored) return undefined;
    const added = { ...window, id: randomUUID() };
    void this.#keep({ ...stored, windows: [...stored.windows, added] });
    return added;
  }

  /** Forgets one window of several. */
  removeWindow(id: string, windowId: string): void {
    const stored = this.#stored.get(id);
    const windows = stored?.windows.filter((window) => window.id !== windowId) ?? [];
    if (stored && windows.length > 0) void this.#keep({ ...stored, windows });
  }

  findWindow(id: string, windowId: string): StoredWindow | undefined {
    return this.#stored.get(id)?.windows.find((window) => window.id === windowId);
  }

  setPlace(id: string, windowId: string, place: WindowPlace): void {
    void this.#change(id, windowId, (window) => ({ ...window, place }));
  }

  /** Keeps what a window shows; undefined when the window is forgotten. */
  setLayout(
    windowId: string,
    layout: WindowLayout,
  ): ReturnType<ProfileStorage['save']> | undefined {
    const owner = [...this.#stored.values()].find(({ windows }) =>
      windows.some(({ id }) => id === windowId),
    );
    return owner && this.#change(owner.id, windowId, (window) => ({ ...window, layout }));
  }

  #change(
    id: string,
    windowId: string,
    change: (window: StoredWindow) => StoredWindow,
  ): ReturnType<ProfileStorage['save']> {
    const stored = this.#stored.get(id);
    if (!stored) return this.save();
    const windows = stored.windows.map((one) => (one.id === windowId ? change(one) : one));
    return this.#keep({ ...stored, windows });
  }

  #keep(workspace: StoredWorkspace): ReturnType<ProfileStorage['save']> {
    this.#stored.set(workspace.id, workspace);
    return this.save();
  }
}

function madeOf(builtIn: BuiltInId, displays: number): StoredWorkspace | undefined {
  const windows = builtInWindows(builtIn, displays).map(({ panels, hasRoster }) => ({
    id: randomUUID(),
    panels: [...panels],
    hasRoster,
  }));
  return windows.length > 0 ? { id: builtIn, builtIn, windows } : undefined;
}

function emptyWindow(): StoredWindow {
  return {
    id: randomUUID(),
    panels: [{ panel: 'overview', subject: 'selection', place: 'tab' }],
    hasRoster: true,
  };
}
