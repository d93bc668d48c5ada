import type { DrawnPoint } from '../../../core/graphs/downsample.ts';
import type { Extent } from '../../../core/graphs/envelope.ts';
import type { GraphLimit, GraphLine } from './messages.ts';

/** Where values and moments are on a canvas, in pixels of the page. */
export interface Field {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
  readonly from: number;
  readonly to: number;
  /** The value at the top; 0 is at the bottom. */
  readonly max: number;
}

/** A line as it is drawn, and between which values it moved where its points stand for more than one. */
export interface Mark {
  readonly line: GraphLine;
  readonly points: readonly DrawnPoint[];
  readonly bands: readonly (readonly Extent[])[];
}

/** A canvas of a worker. */
type Sheet = OffscreenCanvasRenderingContext2D;

/** How much of a line's colour its band has, as two hexadecimal digits. */
const FILLED = '30';
const EDGED = '66';
/** How much of a line's colour is below it, where it is the only one. */
const BELOW = '1f';
const LINE_WIDTH = 1.5;
/** From so many points to a pixel on, turns are smaller than what is seen. */
const DENSE = 2;

/** Draws bands, limits and lines, in this order, and nothing beside the field. */
export function drawMarks(
  sheet: Sheet,
  field: Field,
  marks: readonly Mark[],
  limits: readonly GraphLimit[],
): void {
  const { left, top, right, bottom } = field;
  sheet.save();
  sheet.beginPath();
  sheet.rect(left, top, right - left, bottom - top);
  sheet.clip();
  for (const mark of marks) drawBands(sheet, field, mark);
  drawLimits(sheet, field, limits);
  for (const mark of marks.toReversed()) drawLine(sheet, field, mark, marks.length === 1);
  sheet.restore();
}

function columnOf({ left, right, from, to }: Field): (moment: number) => number {
  const scale = (right - left) / (to - from);
  return (moment) => left + (moment - from) * scale;
}

function heightOf({ top, bottom, max }: Field): (value: number) => number {
  const scale = (bottom - top) / max;
  return (value) => bottom - value * scale;
}

/** Draws each band, also where it is but a pixel wide. */
function drawBands(sheet: Sheet, field: Field, { line, bands }: Mark): void {
  if (bands.length === 0) return;
  const [x, y] = [columnOf(field), heightOf(field)];
  sheet.lineWidth = 1;
  sheet.beginPath();
  for (const run of bands) {
    for (const one of run) sheet.lineTo(x(one.x), y(one.high));
    for (const one of run.toReversed()) sheet.lineTo(x(one.x), y(one.low));
    sheet.closePath();
  }
  sheet.fillStyle = `${line.colour}${FILLED}`;
  sheet.strokeStyle = `${line.colour}${EDGED}`;
  sheet.fill();
  sheet.stroke();
}

/** Draws a line across at each limit. */
function drawLimits(sheet: Sheet, field: Field, limits: readonly GraphLimit[]): void {
  for (const { share, colour } of limits) {
    const y = field.bottom - share * (field.bottom - field.top);
    sheet.lineWidth = 1;
    sheet.strokeStyle = colour;
    sheet.setLineDash([6, 4]);
    sheet.beginPath();
    sheet.moveTo(field.left, y);
    sheet.lineTo(field.right, y);
    sheet.stroke();
    sheet.setLineDash([]);
  }
}

/** Draws a line through its points, interrupted where one has no value. */
function drawLine(sheet: Sheet, field: Field, { line, points }: Mark, isFilled: boolean): void {
  if (isFilled) {
    sheet.fillStyle = `${line.colour}${BELOW}`;
    sheet.fill(areaBelow(field, points));
  }
  const [x, y] = [columnOf(field), heightOf(field)];
  let isDrawn = false;
  sheet.beginPath();
  for (const point of points) {
    const has = !Number.isNaN(point.y);
    if (has && isDrawn) sheet.lineTo(x(point.x), y(point.y));
    else if (has) sheet.moveTo(x(point.x), y(point.y));
    isDrawn = has;
  }
  const isDense = points.length > DENSE * (field.right - field.left);
  // Round joins of thousands of pieces take a third of the whole drawing, and nobody sees them.
  sheet.lineJoin = isDense ? 'bevel' : 'round';
  sheet.lineWidth = LINE_WIDTH;
  sheet.strokeStyle = line.colour;
  sheet.setLineDash([...line.dash]);
  sheet.stroke();
}

/**
 * What is below a line: of each pixel only below its highest point, since the rest is under the line
 * itself. Filling all turns of a line took longer than all else.
 */
function areaBelow(field: Field, points: readonly DrawnPoint[]): Path2D {
  const area = new Path2D();
  const [x, y] = [columnOf(field), heightOf(field)];
  for (const run of runsOf(points)) {
    let [pixel, top] = [Number.NaN, Number.NaN];
    area.moveTo(x(run[0]?.x ?? 0), field.bottom);
    for (const point of run) {
      const across = x(point.x);
      if (Math.floor(across) === pixel) top = Math.min(top, y(point.y));
      else {
        if (!Number.isNaN(top)) area.lineTo(pixel + 0.5, top);
        [pixel, top] = [Math.floor(across), y(point.y)];
      }
    }
    const end = x(run.at(-1)?.x ?? 0);
    area.lineTo(end, top);
    area.lineTo(end, field.bottom);
    area.closePath();
  }
  return area;
}

/** The stretches of a line without interruption. */
function runsOf(points: readonly DrawnPoint[]): readonly (readonly DrawnPoint[])[] {
  const runs: DrawnPoint[][] = [];
  let run: DrawnPoint[] | undefined;
  for (const point of points) {
    if (Number.isNaN(point.y)) run = undefined;
    else if (run) run.push(point);
    else runs.push((run = [point]));
  }
  return runs;
}

/** The highest value of all lines and bands; 0 where there is none. */
export function highestIn(marks: readonly Mark[]): number {
  let highest = 0;
  for (const { points, bands } of marks) {
    for (const { y } of points) if (y > highest) highest = y;
    for (const run of bands) for (const { high } of run) if (high > highest) highest = high;
  }
  return highest;
}
