import { SvelteSet } from 'svelte/reactivity';
import type { AppApi } from '../../core/contract/contract.ts';
import type {
  PanelPlace,
  StartPlace,
  WindowLayout,
  WindowStart,
} from '../../core/contract/layouts.ts';

const SAVE_AFTER_MS = 500;
const DEFAULT_ROSTER_WIDTH = 296;

/** How this window is arranged: loaded once, then owned here and saved when it rests. */
export class LayoutStore {
  readonly #api: AppApi['layouts'];
  readonly #collapsed = new SvelteSet<string>();
  #rosterWidth = $state(DEFAULT_ROSTER_WIDTH);
  #rosterHidden = $state(false);
  #loaded = $state(false);
  #generation = $state(0);
  #id = '';
  #panels: readonly PanelPlace[] = [];
  #first: readonly StartPlace[] = [];
  #dock: unknown;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(api: AppApi['layouts']) {
    this.#api = api;
  }

  get loaded(): boolean {
    return this.#loaded;
  }

  /** Counts up when the window goes over to another workspace: its panels are others then. */
  get generation(): number {
    return this.#generation;
  }

  get rosterWidth(): number {
    return this.#rosterWidth;
  }

  set rosterWidth(width: number) {
    this.#rosterWidth = Math.min(640, Math.max(200, width));
    this.#saveSoon();
  }

  get rosterHidden(): boolean {
    return this.#rosterHidden;
  }

  set rosterHidden(hidden: boolean) {
    this.#rosterHidden = hidden;
    this.#saveSoon();
  }

  get panels(): readonly PanelPlace[] {
    return this.#panels;
  }

  /** The panels to begin with when nothing was saved. */
  get first(): readonly StartPlace[] {
    return this.#first;
  }

  /** The docking library's own description; undefined when nothing was saved. */
  get dock(): unknown {
    return this.#dock;
  }

  isCollapsed(key: string): boolean {
    return this.#collapsed.has(key);
  }

  setCollapsed(keys: Iterable<string>, collapsed: boolean): void {
    for (const key of keys) {
      if (collapsed) this.#collapsed.add(key);
      else this.#collapsed.delete(key);
    }
    this.#saveSoon();
  }

  saveDock(dock: unknown, panels: readonly PanelPlace[]): void {
    this.#dock = dock;
    this.#panels = panels;
    this.#saveSoon();
  }

  /** Saves at once what waits to be saved. */
  async flush(): Promise<void> {
    if (this.#timer === undefined) return;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const layout = {
      panels: [...this.#panels],
      dock: this.#dock,
      rosterWidth: this.#rosterWidth,
      rosterHidden: this.#rosterHidden,
      collapsed: [...this.#collapsed],
    };
    await this.#api.save({ id: this.#id, layout });
  }

  start(): () => void {
    const stop = this.#api.replaced((start) => this.#take(start));
    void this.#load();
    return () => {
      stop();
      clearTimeout(this.#timer);
    };
  }

  async #load(): Promise<void> {
    const reply = await this.#api.load();
    if (reply.ok) this.#take(reply.value);
    this.#loaded = true;
  }

  #take({ id, layout, panels, hasRoster }: WindowStart): void {
    // What waits to be saved is of the workspace that was shown before.
    void this.flush();
    this.#id = id;
    this.#panels = layout?.panels ?? [];
    this.#dock = layout?.dock;
    this.#first = panels;
    this.#rosterHidden = layout?.rosterHidden ?? !hasRoster;
    if (layout) this.#takeRoster(layout);
    this.#generation += 1;
  }

  #takeRoster({ rosterWidth, collapsed }: WindowLayout): void {
    this.#rosterWidth = rosterWidth;
    this.#collapsed.clear();
    for (const key of collapsed) this.#collapsed.add(key);
  }

  #saveSoon(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.flush(), SAVE_AFTER_MS);
  }
}
