import type { StatisticsSample } from '../../core/protocol/statistics-samples.ts';
import type { DomainStatistics } from '../hypervisor/statistics.ts';

type MachineSample = StatisticsSample['machines'][number];

const KIB = 1024;

interface Totals {
  readonly read: number;
  readonly written: number;
  readonly received: number;
  readonly sent: number;
}

/** What a domain does, from its counters now and `elapsedMs` before; undefined when it is off. */
export function machineSample(
  now: DomainStatistics,
  before: DomainStatistics | undefined,
  elapsedMs: number,
): MachineSample | undefined {
  if (isOff(now)) return undefined;
  const perSecond = rateOver(elapsedMs);
  const [totals, last] = [totalsOf(now), before ? totalsOf(before) : undefined];
  return {
    uuid: now.uuid,
    cpuPercent: cpuPercent(now, before, elapsedMs),
    ...memoryOf(now),
    blockReadBytesPerSecond: perSecond(totals.read, last?.read),
    blockWrittenBytesPerSecond: perSecond(totals.written, last?.written),
    networkReceivedBytesPerSecond: perSecond(totals.received, last?.received),
    networkSentBytesPerSecond: perSecond(totals.sent, last?.sent),
  };
}

function isOff({ cpuTimeNs, state }: DomainStatistics): boolean {
  return cpuTimeNs === undefined || state === 'shutoff' || state === 'crashed';
}

function memoryOf({ balloon }: DomainStatistics) {
  const currentKib = balloon?.currentKiB ?? 0;
  return {
    memoryTotalBytes: currentKib * KIB,
    memoryUsedBytes: (balloon?.residentKiB ?? currentKib) * KIB,
  };
}

/** The mean of a counter a second; 0 without a look before, and when it went backwards. */
export function rateOver(elapsedMs: number): (now: number, before: number | undefined) => number {
  return (now, before) => {
    if (before === undefined || now < before || elapsedMs <= 0) return 0;
    return rounded((1000 * (now - before)) / elapsedMs);
  };
}

export function rounded(value: number): number {
  return Math.round(value * 100) / 100;
}

function cpuPercent(
  now: DomainStatistics,
  before: DomainStatistics | undefined,
  elapsedMs: number,
): number {
  const [time, last] = [now.cpuTimeNs, before?.cpuTimeNs];
  if (time === undefined || last === undefined || time < last || elapsedMs <= 0) return 0;
  const usedMs = Number(time - last) / 1e6;
  return rounded(Math.min(100, (100 * usedMs) / (elapsedMs * Math.max(1, now.vcpus?.length ?? 1))));
}

function totalsOf({ blocks = [], interfaces = [] }: DomainStatistics): Totals {
  const sum = <T>(all: readonly T[], of: (one: T) => number) =>
    all.reduce((total, one) => total + of(one), 0);
  return {
    read: sum(blocks, (one) => one.readBytes),
    written: sum(blocks, (one) => one.writeBytes),
    received: sum(interfaces, (one) => one.rxBytes),
    sent: sum(interfaces, (one) => one.txBytes),
  };
}
