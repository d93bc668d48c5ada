import { firstIndex, type RangedPoints, type Span } from './downsample.ts';

/** What was measured of one pixel column, from its lowest to its highest. */
export interface Extent {
  readonly x: number;
  readonly low: number;
  readonly high: number;
}

interface Growing {
  readonly number: number;
  readonly x: number;
  low: number;
  high: number;
}

/**
 * The extremes of each pixel column, in runs without interruption: where a value is missing, or
 * points are further apart than `gapMs`, a run ends. A point beyond either end of the span keeps a
 * run going to the edge.
 */
export function envelope(
  { times, lows, highs }: RangedPoints,
  { from, to, columns }: Span,
  gapMs: number,
): readonly (readonly Extent[])[] {
  const runs: Growing[][] = [];
  const width = (to - from) / Math.max(1, columns);
  const begin = Math.max(0, firstIndex(times, from) - 1);
  const end = Math.min(times.length, firstIndex(times, to) + 1);
  let last = Number.NaN;
  let run: Growing[] = [];
  for (let index = begin; index < end; index += 1) {
    const [x, low, high] = [times[index] ?? 0, lows[index] ?? NaN, highs[index] ?? NaN];
    const isMissing = Number.isNaN(low);
    if (isMissing || x - last > gapMs) run = [];
    last = x;
    if (isMissing) continue;
    if (run.length === 0) runs.push(run);
    widen(run, { number: Math.floor((x - from) / width), x, low, high });
  }
  return runs;
}

function widen(run: Growing[], next: Growing): void {
  const column = run.at(-1);
  if (column?.number !== next.number) {
    run.push(next);
    return;
  }
  column.low = Math.min(column.low, next.low);
  column.high = Math.max(column.high, next.high);
}
