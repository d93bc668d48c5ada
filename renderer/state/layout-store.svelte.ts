import { SvelteSet } from 'svelte/reactivity';
import type { AppApi } from '../../core/contract/contract.ts';
import type { PanelPlace, WindowLayout } from '../../core/contract/layouts.ts';

const SAVE_AFTER_MS = 500;
const DEFAULT_ROSTER_WIDTH = 296;

/** How this window is arranged: loaded once, then owned here and saved when it rests. */
export class LayoutStore {
  readonly #api: AppApi['layouts'];
  readonly #collapsed = new SvelteSet<string>();
  #rosterWidth = $state(DEFAULT_ROSTER_WIDTH);
  #loaded = $state(false);
  #panels: readonly PanelPlace[] = [];
  #dock: unknown;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(api: AppApi['layouts']) {
    this.#api = api;
  }

  get loaded(): boolean {
    return this.#loaded;
  }

  get rosterWidth(): number {
    return this.#rosterWidth;
  }

  set rosterWidth(width: number) {
    this.#rosterWidth = Math.min(640, Math.max(200, width));
    this.#saveSoon();
  }

  get panels(): readonly PanelPlace[] {
    return this.#panels;
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

  start(): () => void {
    void this.#load();
    return () => clearTimeout(this.#timer);
  }

  async #load(): Promise<void> {
    const reply = await this.#api.load();
    if (reply.ok && reply.value) this.#take(reply.value);
    this.#loaded = true;
  }

  #take(layout: WindowLayout): void {
    this.#panels = layout.panels;
    this.#dock = layout.dock;
    this.#rosterWidth = layout.rosterWidth;
    for (const key of layout.collapsed) this.#collapsed.add(key);
  }

  #saveSoon(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      void this.#api.save({
        panels: [...this.#panels],
        dock: this.#dock,
        rosterWidth: this.#rosterWidth,
        collapsed: [...this.#collapsed],
      });
    }, SAVE_AFTER_MS);
  }
}
