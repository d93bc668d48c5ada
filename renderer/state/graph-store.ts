import { SvelteSet } from 'svelte/reactivity';
import type { GraphRange } from '../../core/commands/graph-commands.ts';

/** What commands do with the graphs of a panel. */
export interface GraphControls {
  /** The graphs that it shows now, by the ids that `save` takes, with their titles. */
  graphs(): readonly { readonly id: string; readonly title: string }[];
  showLast(range: GraphRange): void;
  toggleLive(): void;
  toggleTables(): void;
  /** By a factor below 1 in, above 1 out. */
  zoom(factor: number): void;
  /** By a share of what is in sight. */
  pan(share: number): void;
  save(graph: string, kind: 'csv' | 'png'): void;
}

/** The panels of this window that show graphs. */
export class GraphStore {
  readonly #panels = new SvelteSet<GraphControls>();

  /** Those that were last looked at. */
  get current(): GraphControls | undefined {
    return [...this.#panels].at(-1);
  }

  /** Lets commands act on a panel's graphs, before all others, until the returned function is called. */
  serve(controls: GraphControls): () => void {
    this.#panels.delete(controls);
    this.#panels.add(controls);
    return () => this.#panels.delete(controls);
  }
}
