import type { StatisticsHistory } from '../../../core/protocol/statistics.ts';
import type { PastTrack } from '../../workers/graphs/messages.ts';

type Series = StatisticsHistory['series'][number];

/**
 * A series of means with the extremes that an agent sent beside it, where it sent both. The steps at
 * its end that are not measured yet are left out, or they would part it from the samples that come.
 */
export function pastTrack(track: string, mean: Series, all: readonly Series[]): PastTrack {
  const count = mean.values.findLastIndex((value) => value !== null) + 1;
  const measured = (series: Series | undefined) => series?.values.slice(0, count);
  const extreme = (kind: 'max' | 'min') =>
    all.find(({ name, device, of }) => {
      return of === kind && name === mean.name && device === mean.device;
    });
  const [lows, highs] = [measured(extreme('min')), measured(extreme('max'))];
  const values = mean.values.slice(0, count);
  return lows && highs ? { track, values, range: { lows, highs } } : { track, values };
}
