import type { RequestOf } from '../../core/protocol/define-action.ts';
import type { StatisticsSample } from '../../core/protocol/statistics-samples.ts';
import type { statistics, StatisticsHistory } from '../../core/protocol/statistics.ts';

/** Which stretch of whose past is wanted; without `machine` the hypervisor's own. */
export type PastWanted = RequestOf<typeof statistics.history>;

/** Measures the hypervisor and all its domains together, and keeps what it measured. */
export interface StatisticsSource {
  /** The last sample, with everything in it; undefined before there is one. */
  latest(): StatisticsSample | undefined;
  /** Tells each sample until the returned function is called. */
  onSample(listener: (sample: StatisticsSample) => void): () => void;
  /** How often somebody wants a sample now, milliseconds; undefined: nobody does. */
  want(intervalMs: number | undefined): void;
  history(wanted: PastWanted): StatisticsHistory;
  /** Begins to measure, until the returned function is called. */
  start(): () => void;
}
