import type { EntitySample } from '../../../core/contract/statistics.ts';
import type { KnownSeries } from './graph-plan.ts';

/** One measured value with what it is of. */
export interface SeriesValue extends KnownSeries {
  readonly value: number;
}

type Name = KnownSeries['name'];

/** Means of the time since the sample before. */
const RATES: ReadonlySet<Name> = new Set<Name>([
  ...(['cpu', 'block-read', 'block-written'] as const),
  ...(['network-received', 'network-sent'] as const),
]);

/** The values of a sample by the names of their series, without those that nobody measured. */
export function valuesOf(sample: EntitySample): readonly SeriesValue[] {
  const values = allOf(sample);
  return sample.isFirst === true ? values.filter(({ name }) => !RATES.has(name)) : values;
}

function allOf(sample: EntitySample): readonly SeriesValue[] {
  const { entity } = sample;
  if (sample.kind === 'virtualmachine') {
    const { values: one } = sample;
    return [
      { entity, name: 'cpu', value: one.cpuPercent },
      { entity, name: 'memory-total', value: one.memoryTotalBytes },
      { entity, name: 'memory-used', value: one.memoryUsedBytes },
      { entity, name: 'block-read', value: one.blockReadBytesPerSecond },
      { entity, name: 'block-written', value: one.blockWrittenBytesPerSecond },
      { entity, name: 'network-received', value: one.networkReceivedBytesPerSecond },
      { entity, name: 'network-sent', value: one.networkSentBytesPerSecond },
    ];
  }
  const { values: one } = sample;
  return [
    { entity, name: 'cpu', value: one.cpuPercent },
    { entity, name: 'memory-total', value: one.memoryTotalBytes },
    { entity, name: 'memory-used', value: one.memoryUsedBytes },
    { entity, name: 'memory-shared', value: one.memorySharedBytes },
    { entity, name: 'memory-swapped', value: one.memorySwappedBytes },
    { entity, name: 'load-1', value: one.load1 },
    { entity, name: 'load-5', value: one.load5 },
    { entity, name: 'load-15', value: one.load15 },
    { entity, name: 'disk-total', value: one.diskTotalBytes },
    { entity, name: 'disk-used', value: one.diskUsedBytes },
    ...one.networks.flatMap(({ name: device, receivedBytesPerSecond, sentBytesPerSecond }) => [
      { entity, name: 'network-received' as const, device, value: receivedBytesPerSecond },
      { entity, name: 'network-sent' as const, device, value: sentBytesPerSecond },
    ]),
    ...one.partitions.flatMap(({ mount: device, totalBytes, usedBytes }) => [
      { entity, name: 'partition-total' as const, device, value: totalBytes },
      { entity, name: 'partition-used' as const, device, value: usedBytes },
    ]),
  ];
}
