import type { StatisticsSample } from '../../core/protocol/statistics-samples.ts';
import type { DomainStatistics } from '../hypervisor/statistics.ts';
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
    machines: [...now.machines].flatMap(([uuid, machine]) =>
      isWanted(uuid) ? [machineFigures(before?.machines.get(uuid), machine, seconds)] : [],
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
  const { uuid, startedAtMs } = now;
  const last = before && countersOf(before);
  const counters = countersOf(now);
  const perSecond = (name: keyof Counters): number =>
    rounded(rate(last?.[name], counters[name], seconds));
  return {
    uuid,
    ...(startedAtMs === undefined ? {} : { startedAtMs }),
    cpuPercent: cpuPercentOf(now, rate(last?.cpuSeconds, counters.cpuSeconds, seconds)),
    ...memoryOf(now),
    blockReadBytesPerSecond: perSecond('read'),
    blockWrittenBytesPerSecond: perSecond('written'),
    networkReceivedBytesPerSecond: perSecond('received'),
    networkSentBytesPerSecond: perSecond('sent'),
  };
}

/** Of all its processors; QEMU itself takes a little more than the guest has. */
function cpuPercentOf({ vcpus = [] }: DomainStatistics, busy: number): number {
  return Math.min(100, rounded((100 * busy) / Math.max(1, vcpus.length)));
}

function memoryOf({ balloon }: DomainStatistics) {
  const totalKiB = balloon?.currentKiB ?? 0;
  return {
    memoryTotalBytes: totalKiB * KIB,
    memoryUsedBytes: Math.min(totalKiB, balloon?.residentKiB ?? totalKiB) * KIB,
  };
}

type Counters = ReturnType<typeof countersOf>;

/** The counters of a machine over all its devices, in bytes. */
function countersOf({ cpuTimeNs = 0n, blocks = [], interfaces = [] }: DomainStatistics) {
  const sums = { cpuSeconds: Number(cpuTimeNs) / 1e9, read: 0, written: 0, received: 0, sent: 0 };
  for (const { readBytes, writeBytes } of blocks) {
    sums.read += readBytes;
    sums.written += writeBytes;
  }
  for (const { rxBytes, txBytes } of interfaces) {
    sums.received += rxBytes;
    sums.sent += txBytes;
  }
  return sums;
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
