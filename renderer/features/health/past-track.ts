import type { StatisticsHistory } from '../../../core/protocol/statistics.ts';
import type { PastTrack } from '../../workers/graphs/messages.ts';

type Series = StatisticsHistory['series'][number];

/** A series of means with the extremes that an agent sent beside it, where it sent both. */
export function pastTrack(track: string, mean: Series, all: readonly Series[]): PastTrack {
  const extreme = (kind: 'max' | 'min') =>
    all.find(({ name, device, of }) => {
      return of === kind && name === mean.name && device === mean.device;
    })?.values;
  const [lows, highs] = [extreme('min'), extreme('max')];
  const { values } = mean;
  return lows && highs ? { track, values, range: { lows, highs } } : { track, values };
}
