import { downsample } from '../../../core/graphs/downsample.ts';
import { envelope } from '../../../core/graphs/envelope.ts';
import { valueScale } from '../../../core/graphs/value-scale.ts';
import { wholeColumns } from '../../../core/graphs/whole-columns.ts';
import type { Messages } from '../../../core/messages/catalogue.ts';
import { GraphAxes } from './graph-axes.ts';
import { drawMarks, highestIn, type Mark } from './graph-marks.ts';
import { PLOT, type GraphContent, type GraphLook, type GraphSize } from './messages.ts';
import type { Tracks } from './tracks.ts';

/** What all graphs of a panel share. */
export interface GraphSurroundings {
  readonly look: GraphLook;
  readonly words: Messages;
  readonly from: number;
  readonly to: number;
}

const NOTHING: GraphContent = { unit: 'percent', lines: [], limits: [], topTracks: [] };

/** One graph on a canvas that belongs to this worker: axes, with lines drawn over them. */
export class Graph {
  content: GraphContent = NOTHING;
  readonly canvas: OffscreenCanvas;
  readonly #axes: GraphAxes;
  #size: GraphSize;

  constructor(canvas: OffscreenCanvas, size: GraphSize) {
    this.canvas = canvas;
    this.#size = size;
    this.#axes = new GraphAxes(size);
  }

  resize(size: GraphSize): void {
    this.#size = size;
    this.#axes.resize(size);
  }

  close(): void {
    this.#axes.close();
  }

  /** Draws what the tracks hold of the stretch of time in sight. */
  draw(tracks: Tracks, around: GraphSurroundings): void {
    const { unit, limits, lines, topTracks } = this.content;
    const columns = Math.max(1, this.#size.width - PLOT.left - PLOT.right) * this.#size.ratio;
    const span = { ...wholeColumns(around.from, around.to, columns), columns };
    const marks = lines.map((line): Mark => {
      const track = tracks.find(line.track);
      const gapMs = tracks.gapOf(line.track);
      return {
        line,
        points: track ? downsample(track.points, span, gapMs) : [],
        bands: track?.isRanged ? envelope(track.points, span, gapMs) : [],
      };
    });
    const wholes = topTracks.map((name) => tracks.find(name)?.points.values.at(-1) ?? 0);
    const whole = Math.max(0, ...wholes.filter(Number.isFinite));
    const scale = valueScale(highestIn(marks), unit, whole);
    const { from, to } = span;
    this.#axes.draw({ ...around, from, to, unit, scale });
    const sheet = this.#cleared();
    sheet?.drawImage(this.#axes.sheet, 0, 0, this.#size.width, this.#size.height);
    if (sheet) drawMarks(sheet, { ...this.#axes.area, from, to, max: scale.max }, marks, limits);
  }

  /** As large as the sheet of the axes, empty, and measured in pixels of the page. */
  #cleared(): OffscreenCanvasRenderingContext2D | null {
    const { canvas } = this;
    const { width, height } = this.#axes.sheet;
    const sheet = canvas.getContext('2d');
    if (canvas.width !== width || canvas.height !== height)
      Object.assign(canvas, { width, height });
    sheet?.setTransform(1, 0, 0, 1, 0, 0);
    sheet?.clearRect(0, 0, width, height);
    sheet?.scale(this.#size.ratio, this.#size.ratio);
    return sheet;
  }
}
