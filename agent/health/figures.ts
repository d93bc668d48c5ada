import type { HypervisorFigures, MachineFigures } from './samples.ts';
import { Layout, seriesOf, type Figures } from './step.ts';

function named(name: string, device?: string): string {
  return seriesOf({ name, device });
}

/**
 * The figures of a hypervisor by the names that they have in history. `last` is the layout that they
 * had before: while no device comes or goes, it stays the same one.
 */
export function figuresOfHypervisor(one: HypervisorFigures, last: Layout | undefined): Figures {
  const figures: (readonly [string, number])[] = [
    [named('cpu'), one.cpuPercent],
    [named('memory-total'), one.memoryTotalBytes],
    [named('memory-used'), one.memoryUsedBytes],
    [named('memory-shared'), one.memorySharedBytes],
    [named('memory-swapped'), one.memorySwappedBytes],
    [named('load-1'), one.load1],
    [named('load-5'), one.load5],
    [named('load-15'), one.load15],
    [named('disk-total'), one.diskTotalBytes],
    [named('disk-used'), one.diskUsedBytes],
    ...one.networks.flatMap(({ name, receivedBytesPerSecond, sentBytesPerSecond }) => [
      [named('network-received', name), receivedBytesPerSecond] as const,
      [named('network-sent', name), sentBytesPerSecond] as const,
    ]),
    ...one.partitions.flatMap(({ mount, totalBytes, usedBytes }) => [
      [named('partition-total', mount), totalBytes] as const,
      [named('partition-used', mount), usedBytes] as const,
    ]),
  ];
  const isSame =
    last?.series.length === figures.length &&
    figures.every(([series], index) => series === last.series[index]);
  return {
    layout: isSame ? last : new Layout(figures.map(([series]) => series)),
    values: figures.map(([, value]) => value),
  };
}

const OF_MACHINE = new Layout(
  [
    'cpu',
    'memory-total',
    'memory-used',
    'block-read',
    'block-written',
    'network-received',
    'network-sent',
  ].map((name) => named(name)),
);

const VALUES = new Float64Array(OF_MACHINE.series.length);
const MACHINE: Figures = { layout: OF_MACHINE, values: VALUES };

/**
 * The figures of a machine by the names that they have in history, as they are until they are asked for
 * of the next one: who keeps them copies them.
 */
export function figuresOfMachine(one: MachineFigures): Figures {
  VALUES[0] = one.cpuPercent;
  VALUES[1] = one.memoryTotalBytes;
  VALUES[2] = one.memoryUsedBytes;
  VALUES[3] = one.blockReadBytesPerSecond;
  VALUES[4] = one.blockWrittenBytesPerSecond;
  VALUES[5] = one.networkReceivedBytesPerSecond;
  VALUES[6] = one.networkSentBytesPerSecond;
  return MACHINE;
}
