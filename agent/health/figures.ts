import type { HypervisorFigures, MachineFigures } from './samples.ts';
import { seriesOf } from './step.ts';

type Figures = ReadonlyMap<string, number>;

function named(name: string, device?: string): string {
  return seriesOf({ name, device });
}

/** The figures of a hypervisor by the names that they have in history. */
export function figuresOfHypervisor(one: HypervisorFigures): Figures {
  const figures = new Map([
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
  ]);
  for (const { name, receivedBytesPerSecond, sentBytesPerSecond } of one.networks) {
    figures.set(named('network-received', name), receivedBytesPerSecond);
    figures.set(named('network-sent', name), sentBytesPerSecond);
  }
  for (const { mount, totalBytes, usedBytes } of one.partitions) {
    figures.set(named('partition-total', mount), totalBytes);
    figures.set(named('partition-used', mount), usedBytes);
  }
  return figures;
}

/** The figures of a machine by the names that they have in history. */
export function figuresOfMachine(one: MachineFigures): Figures {
  return new Map([
    [named('cpu'), one.cpuPercent],
    [named('memory-total'), one.memoryTotalBytes],
    [named('memory-used'), one.memoryUsedBytes],
    [named('block-read'), one.blockReadBytesPerSecond],
    [named('block-written'), one.blockWrittenBytesPerSecond],
    [named('network-received'), one.networkReceivedBytesPerSecond],
    [named('network-sent'), one.networkSentBytesPerSecond],
  ]);
}
