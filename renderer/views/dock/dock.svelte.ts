import { createDockview, type DockviewApi, type IDockviewPanel } from 'dockview';
import { SvelteMap } from 'svelte/reactivity';
import type { PanelPlace, StartPlace, ViewState } from '../../../core/contract/layouts.ts';
import type { LayoutStore } from '../../state/layout-store.svelte.ts';
import type { PanelId, SelectedKind } from '../registry.ts';
import { followersFor, isPanelId, makesRoom, waitsForChoice } from '../registry.ts';
import { afterDrag } from './after-drag.ts';
import { DockKeyboard } from './dock-keyboard.ts';
import type { DockParts } from './dock-parts.ts';
import { readDock } from './saved-dock.ts';
import { isBehind, positionOf, type TabPlace } from './tab-place.ts';
import { keepTabsInSight } from './tabs-in-sight.ts';

/** A panel's subject when it shows what is selected in the roster. */
export const SELECTION = 'selection';

/** Told of a tab whose drag ended where nothing of the dock took it. */
export type DraggedOut = (place: PanelPlace) => void;

interface AddOptions extends TabPlace {
  readonly behind?: boolean | undefined;
  readonly state?: ViewState | undefined;
}

/** The panels of this window: which there are, where they stand, which one is in front. */
export class Dock {
  /** Who in its panels takes the keyboard. */
  readonly keyboard = new DockKeyboard();
  readonly #layout: LayoutStore;
  readonly #places = new SvelteMap<string, PanelPlace>();
  /** The panel last in front of the selection, by the kind of what was selected. */
  readonly #lastInFront = new Map<SelectedKind, PanelId>();
  #api: DockviewApi | undefined;
  #active = $state<string>();
  #kind: SelectedKind | undefined;
  #wantedKind: SelectedKind | undefined;
  #count = 0;

  constructor(layout: LayoutStore) {
    this.#layout = layout;
  }

  place(id: string): PanelPlace | undefined {
    return this.#places.get(id);
  }

  get active(): string | undefined {
    return this.#active;
  }

  /** Draws the dock into an element until the returned function is called. */
  start(element: HTMLElement, parts: DockParts, draggedOut: DraggedOut): () => void {
    const api = createDockview(element, {
      theme: { name: 'archipel', className: 'dock', gap: 6, dndTabIndicator: 'line' },
      disableFloatingGroups: true,
      noPanelsOverlay: 'watermark',
      createComponent: ({ id }) => parts.content(id),
      createTabComponent: ({ id }) => parts.tab(id),
      createRightHeaderActionComponent: (group) => parts.actions(group),
      createWatermarkComponent: () => parts.watermark(),
      defaultTabComponent: 'tab',
    });
    this.#api = api;
    this.#restore(api);
    const stops = [
      { dispose: this.keyboard.watchTabs(element) },
      { dispose: keepTabsInSight(api) },
      api.onDidActivePanelChange(() => this.#noteActive(api)),
      api.onDidRemovePanel((panel) => this.#places.delete(panel.id)),
      api.onDidLayoutChange(() => this.#save(api)),
      api.onWillDragPanel(({ nativeEvent, panel }) => {
        afterDrag(nativeEvent, () => this.#dropOutside(panel.id, draggedOut));
      }),
    ];
    this.#noteActive(api);
    this.follow(this.#wantedKind);
    return () => {
      this.#api = undefined;
      stops.forEach((stop) => stop.dispose());
      api.dispose();
    };
  }

  /** Brings a panel of this subject to the front, and opens it when there is none. */
  open(panel: PanelId, subject: string, selected: string | undefined): void {
    const found =
      this.#find(panel, subject) ??
      (subject === selected ? this.#find(panel, SELECTION) : undefined);
    if (found) found.api.setActive();
    this.keyboard.give(found?.id ?? this.#fill(panel, subject));
  }

  /** Adds a panel, in the place of one that waits to be told what to show. */
  #fill(panel: PanelId, subject: string): string {
    const waiting = waitsForChoice(panel) ? this.#find(panel, '') : undefined;
    const id = this.#add(panel, subject, { beside: waiting });
    if (waiting) this.#api?.removePanel(waiting);
    return id;
  }

  /** Shows the panels that suit what is selected, the one that was last used for its kind in front. */
  follow(kind: SelectedKind | undefined): void {
    this.#wantedKind = kind;
    const api = this.#api;
    if (!api || kind === undefined || kind === this.#kind) return;
    const present = this.#followers(api);
    const [anchor] = present;
    if (!anchor) return;
    const inFront = present.find(({ id }) => id === this.#active);
    const isToFront = inFront !== undefined || this.#isFirst(api, anchor);
    const suited = followersFor(kind);
    // What the user looks at stays in front where it suits what is selected now.
    const kept = suited.find((id) => inFront && id === this.#panelOf(inFront));
    this.#exchange(api, suited, anchor);
    this.#kind = kind;
    const last = this.#find(this.#lastInFront.get(kind) ?? kept ?? 'overview', SELECTION);
    if (isToFront) last?.api.setActive();
  }

  /** What stood there while nothing was selected makes room for the first selection, if it is for that. */
  #isFirst({ activePanel }: DockviewApi, anchor: IDockviewPanel): boolean {
    if (this.#kind !== undefined || anchor.group !== activePanel?.group) return false;
    const panel = this.#panelOf(activePanel);
    return panel !== undefined && isPanelId(panel) && makesRoom(panel);
  }

  /** Opens what the panel in front shows now in a panel that keeps it, whatever is selected next. */
  keep(subject: string): void {
    const place = this.#active === undefined ? undefined : this.#places.get(this.#active);
    if (place?.subject !== SELECTION || !isPanelId(place.panel)) return;
    const kept = this.#find(place.panel, subject);
    if (kept) kept.api.setActive();
    else this.#add(place.panel, subject);
  }

  /** Takes in a panel from another window, with what it kept for itself, and brings it to the front. */
  take({ panel, subject, state }: PanelPlace): boolean {
    if (!this.#api || !isPanelId(panel)) return false;
    this.#add(panel, subject, { beside: this.#api.activePanel, state });
    return true;
  }

  /** Shows panels to the right of all that stands so far, as tabs of one place. */
  showBeside(places: readonly StartPlace[]): void {
    const before = this.#api?.panels.length ?? 0;
    for (const { panel, subject, state } of places) {
      if (!isPanelId(panel)) continue;
      const beside = this.#api?.panels.slice(before).at(-1);
      this.#add(panel, subject, { beside, edge: beside ? undefined : 'right', state });
    }
  }

  /** Keeps something for a panel that goes with it, wherever it goes. */
  keepState(id: string, state: ViewState): void {
    const place = this.#places.get(id);
    if (!place || !this.#api) return;
    this.#places.set(id, { ...place, state });
    this.#save(this.#api);
  }

  /** Tells whether a panel shows what is selected. */
  follows(id: string | undefined): boolean {
    return id !== undefined && this.#places.get(id)?.subject === SELECTION;
  }

  /** Moves the panel in front to a place of its own beside those it stood among. */
  split(position: 'right' | 'bottom'): void {
    const panel = this.#api?.activePanel;
    if (panel && panel.group.panels.length > 1) panel.api.moveTo({ group: panel.group, position });
  }

  close(id: string | undefined): void {
    const panel = id === undefined ? undefined : this.#api?.getPanel(id);
    if (panel) this.#api?.removePanel(panel);
  }

  step(by: 1 | -1): void {
    const group = this.#api?.activeGroup;
    const active = this.#api?.activePanel;
    if (!group || !active) return;
    const { panels } = group;
    const next = (panels.indexOf(active) + by + panels.length) % panels.length;
    panels[next]?.api.setActive();
  }

  /** Moves the tab in front by a place among those it stands with, the keyboard with it. */
  moveTab(by: 1 | -1): void {
    const panel = this.#api?.activePanel;
    if (!panel) return;
    const { group } = panel;
    const index = group.panels.indexOf(panel) + by;
    if (index < 0 || index >= group.panels.length) return;
    const held = document.activeElement;
    const onTab = held?.closest('.dv-tab') !== null;
    panel.api.moveTo({ group, position: 'center', index });
    const tab = group.element.querySelector<HTMLElement>('.dv-active-tab');
    const focused = onTab ? tab : held;
    if (focused instanceof HTMLElement) focused.focus();
  }

  setTitle(id: string, title: string): void {
    this.#api?.getPanel(id)?.api.setTitle(title);
  }

  focusActive(): void {
    this.#api?.activePanel?.focus();
  }

  #exchange(api: DockviewApi, wanted: readonly PanelId[], anchor: IDockviewPanel): void {
    // In the order of the registry behind the one that was there, whatever else stands among them.
    let beside = anchor;
    for (const id of wanted) {
      const place = { beside, behind: true, isNext: true };
      if (!this.#find(id, SELECTION)) this.#add(id, SELECTION, place);
      const found = this.#find(id, SELECTION);
      if (found && isBehind(found, beside)) beside = found;
    }
    const known: readonly (string | undefined)[] = wanted;
    for (const panel of this.#followers(api)) {
      if (!known.includes(this.#panelOf(panel))) api.removePanel(panel);
    }
  }

  #panelOf({ id }: IDockviewPanel): string | undefined {
    return this.#places.get(id)?.panel;
  }

  #followers(api: DockviewApi): IDockviewPanel[] {
    return api.panels.filter(({ id }) => this.#places.get(id)?.subject === SELECTION);
  }

  #find(panel: PanelId, subject: string): IDockviewPanel | undefined {
    return this.#api?.panels.find(({ id }) => {
      const place = this.#places.get(id);
      return place?.panel === panel && place.subject === subject;
    });
  }

  #add(panel: PanelId, subject: string, { behind, state, ...place }: AddOptions = {}): string {
    this.#count += 1;
    const id = `${panel}-${Date.now().toString(36)}-${this.#count}`;
    this.#places.set(id, { id, panel, subject, ...(state ? { state } : {}) });
    this.#api?.addPanel({
      id,
      component: 'panel',
      title: panel,
      inactive: behind ?? false,
      ...positionOf(place),
    });
    return id;
  }

  #restore(api: DockviewApi): void {
    this.#places.clear();
    this.#lastInFront.clear();
    this.#kind = undefined;
    for (const place of this.#layout.panels) {
      if (isPanelId(place.panel)) this.#places.set(place.id, place);
    }
    const saved = readDock(this.#layout.dock, new Set(this.#places.keys()));
    if (saved) api.fromJSON(saved);
    else this.#begin(api);
  }

  /** Puts up the first panels of the workspace, as far as this release has them. */
  #begin(api: DockviewApi): void {
    this.#places.clear();
    for (const { panel, subject, place, state } of this.#layout.first) {
      if (!isPanelId(panel)) continue;
      const before = api.panels.at(-1);
      const edge = before && place !== 'tab' ? place : undefined;
      this.#add(panel, subject, { beside: before, behind: before && !edge, edge, state });
    }
    if (api.panels.length === 0) this.#add('overview', SELECTION);
    api.panels[0]?.api.setActive();
  }

  #dropOutside(id: string, draggedOut: DraggedOut): void {
    const place = this.#places.get(id);
    if (place) draggedOut(place);
  }

  #noteActive(api: DockviewApi): void {
    this.#active = api.activePanel?.id;
    const place = this.#active === undefined ? undefined : this.#places.get(this.#active);
    if (place?.subject !== SELECTION || !isPanelId(place.panel) || !this.#kind) return;
    this.#lastInFront.set(this.#kind, place.panel);
  }

  #save(api: DockviewApi): void {
    this.#layout.saveDock(api.toJSON(), Array.from(this.#places.values()));
  }
}
