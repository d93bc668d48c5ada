import { GraphEngine } from '../../renderer/features/health/graph-engine.ts';
import type { GraphContent } from '../../renderer/workers/graphs/messages.ts';
import {
  FONT,
  forGraphs,
  GRAPHS,
  LOOK,
  POINTS,
  SIZE,
  STEP_MS,
  timeAt,
  valueAt,
  type SteppedGraphs,
} from './series.ts';

const nameOf = (graph: number): string => `graph ${graph}`;

function contentOf(graph: number): GraphContent {
  const line = { track: nameOf(graph), label: nameOf(graph), colour: LOOK.line, dash: [] };
  return { unit: 'percent', lines: [line], limits: [], topTracks: [] };
}

/** The application's own graphs, all drawn by its worker. */
export class OurGraphs implements SteppedGraphs {
  readonly #engine = new GraphEngine();
  readonly #drawn = new Set<number>();
  #index = POINTS - 1;
  #tookMs = 0;
  #onAll: () => void = () => undefined;

  constructor() {
    this.#engine.look({ ...LOOK, surface: '#ffffff', font: FONT, language: 'en' });
    for (const graph of forGraphs((number) => number)) this.#open(graph);
    const tracks = forGraphs((graph) => {
      return { track: nameOf(graph), values: forPoints((index) => valueAt(graph, index)) };
    });
    this.#engine.tell({ kind: 'past', fromMs: timeAt(0), stepMs: STEP_MS, tracks });
  }

  async step(): Promise<number> {
    this.#index += 1;
    const at = timeAt(this.#index);
    this.#drawn.clear();
    this.#tookMs = 0;
    const all = new Promise<void>((resolve) => (this.#onAll = resolve));
    const began = performance.now();
    const values = forGraphs((graph) => [nameOf(graph), valueAt(graph, this.#index)] as const);
    this.#engine.tell({ kind: 'sample', at, values });
    this.#engine.tell({ kind: 'span', from: timeAt(this.#index - POINTS + 1), to: at });
    const toldMs = performance.now() - began;
    await all;
    return toldMs + this.#tookMs;
  }

  #open(graph: number): void {
    const canvas = document.body.appendChild(document.createElement('canvas'));
    canvas.style.width = `${SIZE.width}px`;
    canvas.style.height = `${SIZE.height}px`;
    const size = { ...SIZE, ratio: devicePixelRatio };
    this.#engine.open(nameOf(graph), canvas, size, (_lines, tookMs) => {
      this.#drawn.add(graph);
      this.#tookMs += tookMs;
      if (this.#drawn.size === GRAPHS) this.#onAll();
    });
    this.#engine.show(nameOf(graph), contentOf(graph));
  }
}

function forPoints(make: (index: number) => number): readonly number[] {
  return Array.from({ length: POINTS }, (_, index) => make(index));
}
