import UPlot from 'uplot';
import {
  FONT,
  forGraphs,
  LOOK,
  POINTS,
  SIZE,
  timeAt,
  valueAt,
  type SteppedGraphs,
} from './series.ts';

const AXIS: UPlot.Axis = {
  stroke: LOOK.ink,
  font: `11px ${FONT}`,
  grid: { stroke: LOOK.grid, width: 1 },
  ticks: { show: false },
};

const OPTIONS: UPlot.Options = {
  ...SIZE,
  ms: 1,
  legend: { show: false },
  cursor: { show: false },
  scales: { y: { range: [0, 100] } },
  axes: [AXIS, { ...AXIS, size: 66 }],
  series: [{}, { stroke: LOOK.line, fill: LOOK.fill, width: 1.5, points: { show: false } }],
};

/** The same graphs by uPlot, on the thread of the page. */
export class MicroPlots implements SteppedGraphs {
  readonly #values = forGraphs((graph) => this.#column((index) => valueAt(graph, index)));
  readonly #times = this.#column(timeAt);
  readonly #plots = this.#values.map(
    (values) => new UPlot(OPTIONS, [this.#times, values], document.body),
  );
  #index = POINTS - 1;

  async step(): Promise<number> {
    this.#index += 1;
    const began = performance.now();
    this.#push(this.#times, timeAt(this.#index));
    for (const [graph, plot] of this.#plots.entries()) {
      const values = this.#values[graph] ?? [];
      this.#push(values, valueAt(graph, this.#index));
      plot.setData([this.#times, values]);
    }
    // It draws in microtasks of its own, which were asked for before this one.
    await Promise.resolve();
    return performance.now() - began;
  }

  #push(column: number[], value: number): void {
    column.shift();
    column.push(value);
  }

  #column(make: (index: number) => number): number[] {
    return Array.from({ length: POINTS }, (_, index) => make(index));
  }
}
