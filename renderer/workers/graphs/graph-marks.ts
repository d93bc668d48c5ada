import type { Chart } from 'chart.js';
import type { Extent } from '../../../core/graphs/envelope.ts';
import type { GraphLimit } from './messages.ts';

/** Between which values a line moved within each pixel, where its points stand for more than one. */
export interface Band {
  readonly runs: readonly (readonly Extent[])[];
  readonly colour: string;
}

type LineChart = Chart<'line', unknown[]>;

/** How much of a line's colour its band has, as two hexadecimal digits. */
const FILLED = '30';
const EDGED = '66';

/** Draws each band, also where it is but a pixel wide. */
export function drawBands({ ctx, chartArea, scales }: LineChart, bands: readonly Band[]): void {
  const { x: time, y: axis } = scales;
  if (!time || !axis) return;
  const { left, top, width, height } = chartArea;
  ctx.save();
  ctx.beginPath();
  ctx.rect(left, top, width, height);
  ctx.clip();
  ctx.lineWidth = 1;
  for (const { runs, colour } of bands) {
    ctx.beginPath();
    for (const run of runs) {
      for (const { x, high } of run) {
        ctx.lineTo(time.getPixelForValue(x), axis.getPixelForValue(high));
      }
      for (const { x, low } of run.toReversed()) {
        ctx.lineTo(time.getPixelForValue(x), axis.getPixelForValue(low));
      }
      ctx.closePath();
    }
    ctx.fillStyle = `${colour}${FILLED}`;
    ctx.strokeStyle = `${colour}${EDGED}`;
    ctx.fill();
    ctx.stroke();
  }
  ctx.restore();
}

/** Draws a line across at each limit. */
export function drawLimits(
  { ctx, chartArea, scales }: LineChart,
  limits: readonly GraphLimit[],
): void {
  const { y: axis } = scales;
  for (const { share, colour } of limits) {
    const y = axis?.getPixelForValue(share * axis.max) ?? -1;
    if (y < chartArea.top || y > chartArea.bottom) continue;
    ctx.save();
    ctx.strokeStyle = colour;
    ctx.setLineDash([6, 4]);
    ctx.beginPath();
    ctx.moveTo(chartArea.left, y);
    ctx.lineTo(chartArea.right, y);
    ctx.stroke();
    ctx.restore();
  }
}

/** The highest value of all bands; 0 where there is none. */
export function highestIn(bands: readonly Band[]): number {
  let highest = 0;
  for (const { high } of bands.flatMap(({ runs }) => runs.flat())) {
    if (high > highest) highest = high;
  }
  return highest;
}
