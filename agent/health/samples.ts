import type { StatisticsSample } from '../../core/protocol/statistics-samples.ts';
import type { DomainStatistics } from '../hypervisor/statistics.ts';
import { grown, type HostReading, type Reading } from './reading.ts';

export type HypervisorFigures = StatisticsSample['hypervisors'][number];
export type MachineFigures = StatisticsSample['machines'][number];

const KIB = 1024;

/** What happened between two readings; rates are 0 where there is nothing to compare with. */
export function sampleOf(before: Reading | undefined, now: Reading): StatisticsSample {
  const passedMs = before === undefined ? 0 : now.atMs - before.atMs;
  const seconds = passedMs / 1000;
  return {
    atMs: now.atMs,
    ...(passedMs > 0 ? { intervalMs: passedMs } : {}),
    hypervisors: [hypervisorFigures(before?.host, now.host, seconds)],
    machines: [...now.machines.values()].map((machine) =>
      machineFigures(before?.machines.get(machine.uuid), machine, seconds),
    ),
  };
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
  before: DomainStatistics | undefined,
  now: DomainStatistics,
  seconds: number,
): MachineFigures {
  const { uuid, balloon, startedAtMs } = now;
  const totalKiB = balloon?.currentKiB ?? 0;
  const of = (read: (one: DomainStatistics) => number): number =>
    rounded(rate(before && read(before), read(now), seconds));
  const busy = rate(before && cpuSeconds(before), cpuSeconds(now), seconds);
  const cpus = Math.max(1, now.vcpus?.length ?? 1);
  return {
    uuid,
    ...(startedAtMs === undefined ? {} : { startedAtMs }),
    // QEMU itself takes a little more than the guest has.
    cpuPercent: Math.min(100, rounded((100 * busy) / cpus)),
    memoryTotalBytes: totalKiB * KIB,
    memoryUsedBytes: Math.min(totalKiB, balloon?.residentKiB ?? totalKiB) * KIB,
    blockReadBytesPerSecond: of(({ blocks = [] }) => total(blocks, (one) => one.readBytes)),
    blockWrittenBytesPerSecond: of(({ blocks = [] }) => total(blocks, (one) => one.writeBytes)),
    networkReceivedBytesPerSecond: of(({ interfaces = [] }) =>
      total(interfaces, (one) => one.rxBytes),
    ),
    networkSentBytesPerSecond: of(({ interfaces = [] }) => total(interfaces, (one) => one.txBytes)),
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

function cpuSeconds({ cpuTimeNs = 0n }: DomainStatistics): number {
  return Number(cpuTimeNs) / 1e9;
}

function rate(before: number | undefined, now: number, seconds: number): number {
  return seconds > 0 ? grown(before, now) / seconds : 0;
}

function total<T>(all: readonly T[], read: (one: T) => number): number {
  return all.reduce((sum, one) => sum + read(one), 0);
}

/** To two decimals, as figures are sent. */
export function rounded(value: number): number {
  return Math.round(value * 100) / 100;
}
