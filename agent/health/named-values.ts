import type { StatisticsSample } from '../../core/protocol/statistics-samples.ts';
import type { NamedValue } from './sample-ring.ts';

/** The values of a hypervisor's sample by the names of its series. */
export function hypervisorValues(
  sample: StatisticsSample['hypervisors'][number],
): readonly NamedValue[] {
  return [
    { name: 'cpu', value: sample.cpuPercent },
    { name: 'memory-total', value: sample.memoryTotalBytes },
    { name: 'memory-used', value: sample.memoryUsedBytes },
    { name: 'memory-shared', value: sample.memorySharedBytes },
    { name: 'memory-swapped', value: sample.memorySwappedBytes },
    { name: 'load-1', value: sample.load1 },
    { name: 'load-5', value: sample.load5 },
    { name: 'load-15', value: sample.load15 },
    { name: 'disk-total', value: sample.diskTotalBytes },
    { name: 'disk-used', value: sample.diskUsedBytes },
    ...sample.networks.flatMap(({ name: device, ...one }): NamedValue[] => [
      { name: 'network-received', device, value: one.receivedBytesPerSecond },
      { name: 'network-sent', device, value: one.sentBytesPerSecond },
    ]),
    ...sample.partitions.flatMap(({ mount: device, ...one }): NamedValue[] => [
      { name: 'partition-total', device, value: one.totalBytes },
      { name: 'partition-used', device, value: one.usedBytes },
    ]),
  ];
}

/** The values of a machine's sample by the names of its series. */
export function machineValues(sample: StatisticsSample['machines'][number]): readonly NamedValue[] {
  return [
    { name: 'cpu', value: sample.cpuPercent },
    { name: 'memory-total', value: sample.memoryTotalBytes },
    { name: 'memory-used', value: sample.memoryUsedBytes },
    { name: 'block-read', value: sample.blockReadBytesPerSecond },
    { name: 'block-written', value: sample.blockWrittenBytesPerSecond },
    { name: 'network-received', value: sample.networkReceivedBytesPerSecond },
    { name: 'network-sent', value: sample.networkSentBytesPerSecond },
  ];
}
