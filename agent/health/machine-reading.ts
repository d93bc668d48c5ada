import type { DomainStatistics } from '../hypervisor/statistics.ts';

const KIB = 1024;

/**
 * A machine at one moment. What libvirt tells of it is summed up at once: all of it, kept until the next
 * moment, would cost the garbage collector more than it takes to ask.
 */
export interface MachineReading {
  readonly uuid: string;
  /** Since when it runs, milliseconds since 1970; undefined where that cannot be known. */
  readonly startedAtMs: number | undefined;
  readonly vcpuCount: number;
  readonly memoryTotalBytes: number;
  readonly memoryUsedBytes: number;
  /** Counters since it started, over all its devices; of its processors in seconds, of the others in bytes. */
  readonly cpuSeconds: number;
  readonly blockRead: number;
  readonly blockWritten: number;
  readonly networkReceived: number;
  readonly networkSent: number;
}

/** What is kept of a domain's figures. */
export function machineReading(one: DomainStatistics): MachineReading {
  const { uuid, startedAtMs, cpuTimeNs = 0n, vcpus = [], blocks = [], interfaces = [] } = one;
  let [blockRead, blockWritten, networkReceived, networkSent] = [0, 0, 0, 0];
  for (const { readBytes, writeBytes } of blocks) {
    blockRead += readBytes;
    blockWritten += writeBytes;
  }
  for (const { rxBytes, txBytes } of interfaces) {
    networkReceived += rxBytes;
    networkSent += txBytes;
  }
  const vcpuCount = vcpus.length;
  const { totalKiB, usedKiB } = memoryOf(one);
  return {
    uuid,
    startedAtMs,
    vcpuCount,
    memoryTotalBytes: totalKiB * KIB,
    memoryUsedBytes: usedKiB * KIB,
    cpuSeconds: Number(cpuTimeNs) / 1e9,
    blockRead,
    blockWritten,
    networkReceived,
    networkSent,
  };
}

function memoryOf({ balloon }: DomainStatistics) {
  const totalKiB = balloon?.currentKiB ?? 0;
  return { totalKiB, usedKiB: Math.min(totalKiB, balloon?.residentKiB ?? totalKiB) };
}
