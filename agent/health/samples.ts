import type { StatisticsSample } from '../../core/protocol/statistics-samples.ts';
import type { MachineReading } from './machine-reading.ts';
import { grown, type HostReading, type Reading } from './reading.ts';

export type HypervisorFigures = StatisticsSample['hypervisors'][number];
export type MachineFigures = StatisticsSample['machines'][number];

const KIB = 1024;

/**
 * What happened between two readings to the host and to those of its machines; rates are 0 where there
 * is nothing to compare with.
 */
export function sampleOf(
  before: Reading | undefined,
  now: Reading,
  isWanted: (uuid: string) => boolean = () => true,
): StatisticsSample {
  const passedMs = before === undefined ? 0 : now.atMs - before.atMs;
  const seconds = passedMs / 1000;
  return {
    atMs: now.atMs,
    ...(passedMs > 0 ? { intervalMs: passedMs } : {}),
    hypervisors: [hypervisorFigures(before?.host, now.host, seconds)],
    machines: machinesOf(before, now, seconds, isWanted),
  };
}

function machinesOf(
  before: Reading | undefined,
  now: Reading,
  seconds: number,
  isWanted: (uuid: string) => boolean,
): readonly MachineFigures[] {
  const figures: MachineFigures[] = [];
  for (const [uuid, machine] of now.machines) {
    if (!isWanted(uuid)) continue;
    figures.push(machineFigures(before?.machines.get(uuid), machine, seconds));
  }
  return figures;
}

function hypervisorFigures(
  before: HostReading | undefined,
  { cpu, memory, load, networks, disk }: HostReading,
  seconds: number,
): HypervisorFigures {
  return {
    cpuPercent: rounded(100 - idlePercentOf(before?.cpu, cpu)),
    memoryTotalBytes: memory.totalKib * KIB,
    memoryUsedBytes: memory.usedKib * KIB,
    memorySharedBytes: memory.sharedKib * KIB,
    memorySwappedBytes: memory.swappedKib * KIB,
    load1: load.one,
    load5: load.five,
    load15: load.fifteen,
    diskTotalBytes: disk.usedBytes + disk.availableBytes,
    diskUsedBytes: disk.usedBytes,
    networks: [...networks].map(([name, { receivedBytes, sentBytes }]) => {
      const last = before?.networks.get(name);
      return {
        name,
        receivedBytesPerSecond: rounded(rate(last?.receivedBytes, receivedBytes, seconds)),
        sentBytesPerSecond: rounded(rate(last?.sentBytes, sentBytes, seconds)),
      };
    }),
    partitions: disk.partitions.map(({ mount, sizeKib, usedBytes }) => {
      return { mount, totalBytes: sizeKib * KIB, usedBytes };
    }),
  };
}

function machineFigures(
  before: MachineReading | undefined,
  now: MachineReading,
  seconds: number,
): MachineFigures {
  const { uuid, startedAtMs, vcpuCount, memoryTotalBytes, memoryUsedBytes } = now;
  const last = before ?? now;
  const busy = rate(last.cpuSeconds, now.cpuSeconds, seconds);
  return {
    uuid,
    ...(startedAtMs === undefined ? {} : { startedAtMs }),
    ...(before ? {} : { isFirst: true }),
    // Of all its processors; QEMU itself takes a little more than the guest has.
    cpuPercent: Math.min(100, rounded((100 * busy) / Math.max(1, vcpuCount))),
    memoryTotalBytes,
    memoryUsedBytes,
    blockReadBytesPerSecond: rounded(rate(last.blockRead, now.blockRead, seconds)),
    blockWrittenBytesPerSecond: rounded(rate(last.blockWritten, now.blockWritten, seconds)),
    networkReceivedBytesPerSecond: rounded(
      rate(last.networkReceived, now.networkReceived, seconds),
    ),
    networkSentBytesPerSecond: rounded(rate(last.networkSent, now.networkSent, seconds)),
  };
}

/** The percentage of time the CPUs idled between two looks; 100 when no time passed. */
export function idlePercentOf(
  before: HostReading['cpu'] | undefined,
  { idle, total: all }: HostReading['cpu'],
): number {
  const passed = all - (before?.total ?? all);
  if (passed <= 0) return 100;
  return Math.min(100, Math.max(0, (100 * (idle - (before?.idle ?? idle))) / passed));
}

function rate(before: number | undefined, now: number, seconds: number): number {
  return seconds > 0 ? grown(before, now) / seconds : 0;
}

/** To two decimals, as figures are sent. */
export function rounded(value: number): number {
  return Math.round(value * 100) / 100;
}
