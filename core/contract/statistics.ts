import * as v from 'valibot';
import { EntityId } from '../domain/entity.ts';
import type { StatisticsHistory } from '../protocol/statistics.ts';
import type { StatisticsSample } from '../protocol/statistics-samples.ts';
import { call, event, reply } from './define.ts';

const Key = v.pipe(v.string(), v.maxLength(100));

/** Whose samples something on screen wants, and how often. */
export const StatisticsWatch = v.strictObject({
  /** The window's own name for it; the same name replaces what it watched. */
  key: Key,
  /** Hypervisors and virtual machines. */
  entities: v.pipe(v.array(EntityId), v.maxLength(2000)),
  /** All hypervisors as well, or these with all their machines. */
  fleet: v.optional(v.picklist(['hypervisors', 'all'])),
  intervalSeconds: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(300)),
});
export type StatisticsWatch = v.InferOutput<typeof StatisticsWatch>;

interface SampleOf {
  readonly entity: EntityId;
  /** When it was taken, in milliseconds since 1970. */
  readonly at: number;
  /** There was nothing to compare it with: the rates in it are zeros that nobody measured. */
  readonly isFirst?: boolean;
}

/** What was measured of one entity at one moment. */
export type EntitySample = SampleOf &
  (
    | { readonly kind: 'hypervisor'; readonly values: StatisticsSample['hypervisors'][number] }
    | { readonly kind: 'virtualmachine'; readonly values: StatisticsSample['machines'][number] }
  );

/** How busy its processors are, percent; undefined where that is not known yet. */
export function cpuOf({ isFirst, values }: EntitySample): number | undefined {
  return isFirst === true ? undefined : values.cpuPercent;
}

const Moment = v.pipe(v.number(), v.integer(), v.minValue(0));

/** Which stretch of whose past, in milliseconds since 1970, and how far apart its samples may be. */
export const PastWanted = v.strictObject({
  entity: EntityId,
  fromMs: Moment,
  toMs: Moment,
  stepSeconds: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(86_400)),
});
export type PastWanted = v.InferOutput<typeof PastWanted>;

/** Samples while somebody looks; a window that is hidden hears of none. */
export const statistics = {
  watch: call(StatisticsWatch, reply<undefined>()),
  unwatch: call(v.strictObject({ key: Key }), reply<undefined>()),
  history: call(PastWanted, reply<StatisticsHistory>()),
  sampled: event<readonly EntitySample[]>(),
};
