import {
  Chart,
  Filler,
  LinearScale,
  LineController,
  LineElement,
  PointElement,
  type ChartConfiguration,
  type ChartDataset,
  type Plugin,
  type Point,
  type Scale,
} from 'chart.js';
import { downsample } from '../../../core/graphs/downsample.ts';
import { envelope } from '../../../core/graphs/envelope.ts';
import { timeTicks } from '../../../core/graphs/time-ticks.ts';
import { valueScale } from '../../../core/graphs/value-scale.ts';
import type { Messages } from '../../../core/messages/catalogue.ts';
import { type Band, drawBands, drawLimits, highestIn } from './graph-marks.ts';
import { PLOT, type GraphContent, type GraphLook, type GraphSize } from './messages.ts';
import type { Tracks } from './tracks.ts';

Chart.register(Filler, LinearScale, LineController, LineElement, PointElement);

type LineChart = Chart<'line', Point[]>;

/** What all graphs of a panel share. */
export interface GraphSurroundings {
  readonly look: GraphLook;
  readonly words: Messages;
  readonly from: number;
  readonly to: number;
}

const NOTHING: GraphContent = { unit: 'percent', lines: [], limits: [], topTracks: [] };
/** The width that the label of a moment needs, pixels. */
const LABEL_WIDTH = 84;

/** One graph: a chart on a canvas that belongs to this worker. */
export class Graph {
  content: GraphContent = NOTHING;
  readonly canvas: OffscreenCanvas;
  readonly #chart: LineChart;
  #size: GraphSize;
  #limits: GraphContent['limits'] = [];
  #bands: readonly Band[] = [];

  constructor(canvas: OffscreenCanvas, size: GraphSize) {
    this.canvas = canvas;
    this.#size = size;
    this.#chart = new Chart<'line', Point[]>(canvas as never, configuration(size, this.#marks()));
    this.resize(size);
  }

  resize(size: GraphSize): void {
    this.#size = size;
    this.#chart.options.devicePixelRatio = size.ratio;
    this.#chart.resize(size.width, size.height);
  }

  close(): void {
    this.#chart.destroy();
  }

  /** Draws what the tracks hold of the stretch of time in sight. */
  draw(tracks: Tracks, around: GraphSurroundings): void {
    const { from, to } = around;
    const columns = Math.max(1, this.#size.width - PLOT.left - PLOT.right) * this.#size.ratio;
    const bands: Band[] = [];
    const datasets = this.content.lines.map((line, place): ChartDataset<'line', Point[]> => {
      const track = tracks.find(line.track);
      const gapMs = tracks.gapOf(line.track);
      const span = { from, to, columns };
      const data = track ? downsample(track.points, span, gapMs) : [];
      if (track?.isRanged) {
        bands.push({ runs: envelope(track.points, span, gapMs), colour: line.colour });
      }
      const isOnly = this.content.lines.length === 1;
      return {
        data,
        borderColor: line.colour,
        borderDash: [...line.dash],
        borderWidth: 1.5,
        fill: isOnly && place === 0 ? 'origin' : false,
        backgroundColor: `${line.colour}1f`,
      };
    });
    this.#limits = this.content.limits;
    this.#bands = bands;
    this.#chart.data.datasets = datasets;
    this.#setScales(tracks, datasets, around);
    this.#chart.update('none');
  }

  #setScales(
    tracks: Tracks,
    datasets: readonly ChartDataset<'line', Point[]>[],
    { from, to, look, words }: GraphSurroundings,
  ): void {
    const { unit, topTracks } = this.content;
    const wholes = topTracks.map((name) => tracks.find(name)?.points.values.at(-1) ?? 0);
    const highest = Math.max(highestOf(datasets), highestIn(this.#bands));
    const scale = valueScale(highest, unit, Math.max(0, ...wholes.filter(Number.isFinite)));
    const plotted = this.#size.width - PLOT.left - PLOT.right;
    const { moments, style } = timeTicks(from, to, Math.max(2, Math.floor(plotted / LABEL_WIDTH)));
    const ticks = { color: look.ink, font: { family: look.font, size: 11 } };
    const shared = {
      type: 'linear',
      grid: { color: look.grid, drawTicks: false },
      border: { display: false },
    } as const;
    this.#chart.options.scales = {
      x: {
        ...shared,
        min: from,
        max: to,
        afterBuildTicks: (axis: Scale) => {
          axis.ticks = moments.map((value) => ({ value }));
        },
        afterFit: lowAxis,
        ticks: {
          ...ticks,
          maxRotation: 0,
          autoSkip: false,
          callback: (value) => words.health.tick(style, Number(value)),
        },
      },
      y: {
        ...shared,
        min: 0,
        max: scale.max,
        afterFit: sideAxis,
        ticks: {
          ...ticks,
          stepSize: scale.step,
          padding: 6,
          callback: (value) => words.health.value(unit, Number(value)),
        },
      },
    };
  }

  /** Draws limits and ranges behind the lines. */
  #marks(): Plugin<'line'> {
    return {
      id: 'marks',
      beforeDatasetsDraw: (chart) => {
        drawBands(chart, this.#bands);
        drawLimits(chart, this.#limits);
      },
    };
  }
}

/** Both axes take the room that is theirs in every graph, whatever their labels. */
function lowAxis(axis: Scale): void {
  axis.height = PLOT.bottom;
  axis.paddingLeft = 0;
  axis.paddingRight = 0;
}

function sideAxis(axis: Scale): void {
  axis.width = PLOT.left;
}

function highestOf(datasets: readonly ChartDataset<'line', Point[]>[]): number {
  let highest = 0;
  for (const { y } of datasets.flatMap(({ data }) => data)) {
    if (y !== null && y > highest) highest = y;
  }
  return highest;
}

function configuration(
  size: GraphSize,
  marks: Plugin<'line'>,
): ChartConfiguration<'line', Point[]> {
  return {
    type: 'line',
    data: { datasets: [] },
    options: {
      animation: false,
      devicePixelRatio: size.ratio,
      events: [],
      layout: { padding: { top: PLOT.top, right: PLOT.right } },
      maintainAspectRatio: false,
      // Given as drawn: nothing is parsed, sorted or looked for again.
      normalized: true,
      parsing: false,
      responsive: false,
      spanGaps: false,
      elements: { point: { radius: 0 }, line: { tension: 0, borderJoinStyle: 'round' } },
    },
    plugins: [marks],
  };
}
