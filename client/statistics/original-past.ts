import type { ReplyOf } from '../../core/protocol/define-action.ts';
import type { health } from '../../core/protocol/health.ts';
import type { StatisticsHistory } from '../../core/protocol/statistics.ts';

type Sample = ReplyOf<typeof health.history>[number];
type Series = StatisticsHistory['series'][number];

const KIB = 1024;
/** Where an agent sends no dates: its usual interval. */
const USUAL_STEP_MS = 5000;

/**
 * The samples of an original agent, which it sends the newest first, in order of time. Its dates are
 * local times of who knows which zone, so the newest counts as just taken, and only the lengths
 * between them are believed. What passed a network device since the sample before becomes a rate.
 */
export function pastOfOriginal(newestFirst: readonly Sample[], nowMs: number): StatisticsHistory {
  const samples = newestFirst.toReversed();
  const stepMs = stepOf(samples);
  const count = samples.length;
  const seriesOf = (name: Series['name'], value: (sample: Sample) => number, device?: string) => ({
    name,
    ...(device === undefined ? {} : { device }),
    values: samples.map(value),
  });
  const devices = new Set(samples.flatMap(({ networks }) => networks.map(({ name }) => name)));
  const rate = (device: string) => (sample: Sample) => {
    const found = sample.networks.find(({ name }) => name === device);
    return found ? (1000 * found.deltaBytes) / stepMs : Number.NaN;
  };
  const series: readonly Series[] = [
    seriesOf('cpu', ({ cpu }) => Math.min(100, Math.max(0, 100 - cpu.idlePercent))),
    seriesOf('memory-total', ({ memory }) => memory.totalKib * KIB),
    seriesOf('memory-used', ({ memory }) => memory.usedKib * KIB),
    seriesOf('memory-shared', ({ memory }) => memory.sharedKib * KIB),
    seriesOf('memory-swapped', ({ memory }) => memory.swappedKib * KIB),
    seriesOf('load-1', ({ load }) => load.one),
    seriesOf('load-5', ({ load }) => load.five),
    seriesOf('load-15', ({ load }) => load.fifteen),
    ...[...devices].map((device) => seriesOf('network-received', rate(device), device)),
  ].map(({ values, ...one }) => ({ ...one, values: values.map(gapFor) }));
  const fromMs = nowMs - Math.max(0, count - 1) * stepMs;
  return { fromMs, stepMs, count, tierSeconds: stepMs / 1000, oldestMs: fromMs, series };
}

function gapFor(value: number): number | null {
  return Number.isNaN(value) ? null : value;
}

/** The middle one of the lengths between samples, so that one long silence does not count. */
function stepOf(samples: readonly Sample[]): number {
  const times = samples.map(({ memory, cpu }) => millisecondsOf(memory.date ?? cpu.date));
  const lengths = times
    .slice(1)
    .map((time, index) => time - (times[index] ?? Number.NaN))
    .filter((length) => length > 0)
    .sort((left, right) => left - right);
  return Math.round(lengths[Math.floor(lengths.length / 2)] ?? USUAL_STEP_MS);
}

function millisecondsOf(date: string | undefined): number {
  return date === undefined ? Number.NaN : Date.parse(`${date.slice(0, 23).replace(' ', 'T')}Z`);
}
