import type { StatisticsHistory } from '../../core/protocol/statistics.ts';
import type { Columns } from './columns.ts';
import { startOf, type KeptRow, type Past, type Tier } from './past.ts';
import { rounded } from './samples.ts';
import { columnOf, meanSeries, type Kind, type SeriesKey } from './step.ts';

export interface Stretch {
  readonly fromMs: number;
  readonly toMs: number;
  /** At least this long between two values; as fine as it is kept when absent. */
  readonly stepSeconds?: number | undefined;
}

type Series = StatisticsHistory['series'][number];

/** The most values of one series, and of all series of an answer, which has to fit in a stanza. */
const MOST_STEPS = 10_000;
const MOST_VALUES = 20_000;

interface Source {
  readonly tier: Tier;
  readonly columns: Columns;
  /** The step that is not over yet. */
  readonly open: KeptRow | undefined;
}

/** A stretch of a subject's past in steps of equal length (protocol: statistics). */
export function stretchOf(past: Past, subject: string, wanted: Stretch): StatisticsHistory {
  const sources = past.of(subject).flatMap((columns, index): Source[] => {
    const tier = past.tiers[index];
    return tier && columns.count > 0 ? [{ tier, columns, open: past.open(subject, index) }] : [];
  });
  const oldestMs = sources.reduce<number | undefined>(older, undefined);
  const source = chosen(sources, wanted);
  const tierMs = source?.tier.stepMs ?? past.tiers[0].stepMs;
  // Before the oldest there are only gaps, which would take the place of what there is.
  const whole = { ...wanted, fromMs: Math.max(wanted.fromMs, oldestMs ?? 0) };
  if (!source || whole.toMs < whole.fromMs) {
    const { fromMs } = wanted;
    return { fromMs, stepMs: tierMs, count: 0, tierSeconds: tierMs / 1000, oldestMs, series: [] };
  }
  const keys = source.columns.names.flatMap((column) => meanSeries(column) ?? []);
  const stepMs = stepFor(whole, tierMs, keys.length);
  const fromMs = startOf(whole.fromMs, stepMs);
  const count = Math.floor((whole.toMs - fromMs) / stepMs) + 1;
  const isWhole = stepMs === tierMs && source.tier === past.tiers[0];
  const kinds: readonly Kind[] = isWhole ? ['mean'] : ['mean', 'min', 'max'];
  const grid = { fromMs, stepMs, count };
  const series = keys.flatMap((key) => kinds.map((kind) => seriesIn(source, key, kind, grid)));
  return { fromMs, stepMs, count, tierSeconds: tierMs / 1000, oldestMs, series };
}

function older(oldest: number | undefined, { columns }: Source): number | undefined {
  const first = columns.timeAt(0);
  return first === undefined ? oldest : Math.min(oldest ?? first, first);
}

/**
 * The coarsest that is not coarser than wanted, or else the finest, of those that reach back far
 * enough, or as far as any does.
 */
function chosen(
  sources: readonly Source[],
  { fromMs, stepSeconds = 0 }: Stretch,
): Source | undefined {
  const firstOf = ({ columns }: Source) => columns.timeAt(0) ?? Number.POSITIVE_INFINITY;
  // A coarse step begins before what was measured first in it.
  const oldestEnd = Math.min(...sources.map((source) => firstOf(source) + source.tier.stepMs));
  const fitting = sources.filter((source) => {
    return firstOf(source) < Math.max(fromMs + source.tier.stepMs, oldestEnd);
  });
  const fine = fitting.filter(({ tier }) => tier.stepMs <= stepSeconds * 1000);
  return fine.at(-1) ?? fitting[0];
}

/** A whole number of the tier's steps, such that not too many values come of it. */
function stepFor(
  { fromMs, toMs, stepSeconds = 0 }: Stretch,
  tierMs: number,
  series: number,
): number {
  const most = Math.min(MOST_STEPS, Math.max(1, Math.floor(MOST_VALUES / Math.max(1, 3 * series))));
  const least = Math.max(tierMs, stepSeconds * 1000, (toMs - fromMs + 1) / Math.max(1, most - 1));
  return Math.ceil(least / tierMs) * tierMs;
}

interface Grid {
  readonly fromMs: number;
  readonly stepMs: number;
  readonly count: number;
}

function seriesIn(
  source: Source,
  { name, device, series }: SeriesKey & { readonly series: string },
  kind: Kind,
  { fromMs, stepMs, count }: Grid,
): Series {
  const { columns } = source;
  // The finest tier has no extremes: each of its values stands for itself.
  const own = columnOf(kind, series);
  const column = columns.names.includes(own) ? own : columnOf('mean', series);
  const steps = measuredFrom(source, column, fromMs);
  const values = Array.from({ length: count }, (_none, step) => {
    const found = steps.until(fromMs + (step + 1) * stepMs);
    return found.length === 0 ? null : rounded(summary(found, kind));
  });
  return {
    name: name as Series['name'],
    ...(device === undefined ? {} : { device }),
    ...(kind === 'mean' ? {} : { of: kind }),
    values,
  };
}

/** Gives what stands in a column from a moment on, one stretch after the other. */
function measuredFrom({ columns, open }: Source, column: string, fromMs: number) {
  let row = columns.rowFrom(fromMs);
  let isOpenToCome = open !== undefined && open.atMs >= fromMs;
  const until = (endMs: number): readonly number[] => {
    const found: (number | undefined)[] = [];
    for (let at = columns.timeAt(row); at !== undefined && at < endMs; at = columns.timeAt(row)) {
      found.push(columns.valueAt(row, column));
      row += 1;
    }
    if (open && isOpenToCome && open.atMs < endMs) {
      const { names, values } = open.row;
      found.push(values[names.indexOf(column)]);
      isOpenToCome = false;
    }
    return found.filter((value) => value !== undefined);
  };
  return { until };
}

function summary(values: readonly number[], kind: Kind): number {
  if (kind === 'min') return Math.min(...values);
  if (kind === 'max') return Math.max(...values);
  return values.reduce((sum, one) => sum + one, 0) / values.length;
}
