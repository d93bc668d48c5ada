/** How many graphs are on the screen. */
export const GRAPHS = 24;
/** How many points each of them shows. */
export const POINTS = 10_000;
/** From one point to the next. */
export const STEP_MS = 2000;
/** Of one graph, in pixels of the page. */
export const SIZE = { width: 300, height: 150 } as const;
/** What the graphs of both are drawn with. */
export const LOOK = {
  line: '#3b6fd4',
  fill: '#3b6fd41f',
  ink: '#6b7280',
  grid: '#e5e7eb',
} as const;
export const FONT = 'sans-serif';

const BEGAN = Date.UTC(2026, 0, 1);

/** When a point was measured, milliseconds since 1970. */
export function timeAt(index: number): number {
  return BEGAN + index * STEP_MS;
}

/** What was measured then: slow waves with a quick one on them, from 10 to 90. */
export function valueAt(graph: number, index: number): number {
  return 50 + 30 * Math.sin(index / 700 + graph) + 10 * Math.sin(index * 1.7 + graph);
}

/** One for each graph. */
export function forGraphs<T>(make: (graph: number) => T): readonly T[] {
  return Array.from({ length: GRAPHS }, (_, graph) => make(graph));
}

/** Graphs that follow what is measured. */
export interface SteppedGraphs {
  /** Takes one more point into each graph and draws them all; milliseconds that scripts worked for it. */
  step(): Promise<number>;
}
