import { Chart, LinearScale, type ChartArea, type ChartOptions, type Scale } from 'chart.js';
import { timeTicks } from '../../../core/graphs/time-ticks.ts';
import type { GraphUnit, ValueScale } from '../../../core/graphs/value-scale.ts';
import type { Messages } from '../../../core/messages/catalogue.ts';
import { PLOT, type GraphLook, type GraphSize } from './messages.ts';

Chart.register(LinearScale);

/** What axes say, and in which colours. */
export interface AxesPlan {
  readonly look: GraphLook;
  readonly words: Messages;
  readonly from: number;
  readonly to: number;
  readonly unit: GraphUnit;
  readonly scale: ValueScale;
}

/** The width that the label of a moment needs, pixels. */
const LABEL_WIDTH = 84;

/**
 * Scales, their lines and their labels, as chart.js draws them: on a sheet of their own, since most
 * live steps move the lines of a graph and leave these where they are.
 */
export class GraphAxes {
  readonly sheet: OffscreenCanvas;
  readonly #chart: Chart<'line'>;
  #size: GraphSize;
  #drawn: AxesPlan | undefined;

  constructor(size: GraphSize) {
    this.#size = size;
    this.sheet = new OffscreenCanvas(1, 1);
    this.#chart = new Chart(this.sheet as never, {
      type: 'line',
      data: { datasets: [] },
      options: OPTIONS,
    });
    this.resize(size);
  }

  /** Where the lines of the graph are drawn, in pixels of the page. */
  get area(): ChartArea {
    return this.#chart.chartArea;
  }

  resize(size: GraphSize): void {
    this.#size = size;
    this.#drawn = undefined;
    this.#chart.options.devicePixelRatio = size.ratio;
    this.#chart.resize(size.width, size.height);
  }

  close(): void {
    this.#chart.destroy();
  }

  /** Draws them unless they would be as they are. */
  draw(plan: AxesPlan): void {
    if (this.#drawn && isSame(this.#drawn, plan)) return;
    this.#drawn = plan;
    this.#chart.options.scales = { x: this.#timeScale(plan), y: valueScale(plan) };
    this.#chart.update('none');
  }

  #timeScale({ look, words, from, to }: AxesPlan): NonNullable<ChartOptions<'line'>['scales']>[''] {
    const plotted = this.#size.width - PLOT.left - PLOT.right;
    const { moments, style } = timeTicks(from, to, Math.max(2, Math.floor(plotted / LABEL_WIDTH)));
    return {
      ...sharedBy(look),
      min: from,
      max: to,
      afterBuildTicks: (axis: Scale) => {
        axis.ticks = moments.map((value) => ({ value }));
      },
      afterFit: lowAxis,
      ticks: {
        ...ticksOf(look),
        maxRotation: 0,
        autoSkip: false,
        callback: (value) => words.health.tick(style, Number(value)),
      },
    };
  }
}

function valueScale({
  look,
  words,
  unit,
  scale,
}: AxesPlan): NonNullable<ChartOptions<'line'>['scales']>[''] {
  return {
    ...sharedBy(look),
    min: 0,
    max: scale.max,
    afterFit: sideAxis,
    ticks: {
      ...ticksOf(look),
      stepSize: scale.step,
      padding: 6,
      callback: (value) => words.health.value(unit, Number(value)),
    },
  };
}

function isSame(one: AxesPlan, other: AxesPlan): boolean {
  return (
    one.look === other.look &&
    one.words === other.words &&
    one.from === other.from &&
    one.to === other.to &&
    one.unit === other.unit &&
    one.scale.max === other.scale.max &&
    one.scale.step === other.scale.step
  );
}

const sharedBy = ({ grid }: GraphLook) =>
  ({
    type: 'linear',
    grid: { color: grid, drawTicks: false },
    border: { display: false },
  }) as const;

const ticksOf = ({ ink, font }: GraphLook) => ({ color: ink, font: { family: font, size: 11 } });

/** Both axes take the room that is theirs in every graph, whatever their labels. */
function lowAxis(axis: Scale): void {
  axis.height = PLOT.bottom;
  axis.paddingLeft = 0;
  axis.paddingRight = 0;
}

function sideAxis(axis: Scale): void {
  axis.width = PLOT.left;
}

const OPTIONS: ChartOptions<'line'> = {
  animation: false,
  events: [],
  layout: { padding: { top: PLOT.top, right: PLOT.right } },
  maintainAspectRatio: false,
  responsive: false,
};
