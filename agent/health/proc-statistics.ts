import { readFile, statfs } from 'node:fs/promises';
import { machine, release, type as kernelName } from 'node:os';
import { join } from 'node:path';
import { localDateTimeOf } from '../../core/protocol/local-date-time.ts';
import type { Logger } from '../log/logger.ts';
import type { HostSample, HostStatistics, PastSample } from './host-statistics.ts';
import {
  idlePercent,
  readCpu,
  readLoad,
  readMemory,
  readMounts,
  readTraffic,
  readUptime,
  readVirtualisation,
  type CpuCounters,
  type Mount,
  type TrafficCounters,
} from './proc-text.ts';
import { SampleHistory } from './sample-history.ts';

export interface ProcStatisticsOptions {
  readonly logger: Logger;
  /** Between two samples. */
  readonly intervalMs: number;
  /** How many past samples are kept. */
  readonly keep: number;
  /** Where the kernel tells of itself. */
  readonly proc?: string;
}

const PAGE_KIB = 4;

/** The health of this machine, from /proc (proc(5)). */
export class ProcStatistics implements HostStatistics {
  readonly #options: ProcStatisticsOptions;
  readonly #proc: string;
  readonly #history: SampleHistory;
  #cpu: CpuCounters | undefined;
  #traffic: ReadonlyMap<string, TrafficCounters> = new Map();
  #measuredMs: number | undefined;

  constructor(options: ProcStatisticsOptions) {
    this.#options = options;
    this.#proc = options.proc ?? '/proc';
    this.#history = new SampleHistory(options.keep);
  }

  latest(): HostSample | undefined {
    return this.#history.latest;
  }

  history(limit: number): readonly PastSample[] {
    return this.#history.newest(limit);
  }

  start(): () => void {
    let timer: NodeJS.Timeout | undefined;
    let isStopped = false;
    const round = async (): Promise<void> => {
      // The machine may not tell everything, such as inside a container; the next round tries again.
      await this.measure().catch((cause: unknown) =>
        this.#options.logger.warning(`HEALTH cannot be measured: ${String(cause)}`),
      );
      if (!isStopped) timer = setTimeout(() => void round(), this.#options.intervalMs);
    };
    void round();
    return () => {
      isStopped = true;
      clearTimeout(timer);
    };
  }

  /** Takes one sample now. */
  async measure(): Promise<void> {
    const nowMs = Date.now();
    const date = localDateTimeOf(new Date(nowMs));
    const intervalMs = nowMs - (this.#measuredMs ?? nowMs);
    this.#measuredMs = nowMs;
    const [meminfo, loadavg, uptime, mounts, cpuinfo] = await Promise.all(
      ['meminfo', 'loadavg', 'uptime', 'mounts', 'cpuinfo'].map((name) => this.#read(name)),
    );
    this.#history.add({
      memory: { date, ...readMemory(meminfo ?? ''), sharedKib: await sharedKib() },
      cpu: { date, idlePercent: await this.#idle() },
      disk: await disk(readMounts(mounts ?? '')),
      networks: await this.#networks(),
      intervalMs,
      load: { date, ...readLoad(loadavg ?? '') },
      uptime: { text: readUptime(uptime ?? '') },
      system: {
        kernelName: kernelName(),
        kernelRelease: release(),
        machine: machine(),
        system: 'GNU/Linux',
      },
      capabilities: { virtualisation: readVirtualisation(cpuinfo ?? '') },
    });
  }

  async #idle(): Promise<number> {
    const now = readCpu(await this.#read('stat'));
    const before = this.#cpu ?? { idle: 0, total: 0 };
    this.#cpu = now;
    return idlePercent(before, now);
  }

  async #networks(): Promise<HostSample['networks']> {
    const now = readTraffic(await this.#read('net/dev'));
    const before = this.#traffic;
    this.#traffic = now;
    return [...now].map(([name, bytes]) => {
      const last = before.get(name) ?? bytes;
      const receivedBytes = Math.max(0, bytes.received - last.received);
      const sentBytes = Math.max(0, bytes.sent - last.sent);
      return { name, deltaBytes: receivedBytes + sentBytes, receivedBytes, sentBytes };
    });
  }

  #read(name: string): Promise<string> {
    return readFile(join(this.#proc, name), 'utf8');
  }
}

/** What same-page merging saves; a kernel without it shares nothing. */
async function sharedKib(): Promise<number> {
  const pages = await readFile('/sys/kernel/mm/ksm/pages_sharing', 'utf8').catch(() => '0');
  return Number(pages) * PAGE_KIB;
}

async function disk(mounts: readonly Mount[]): Promise<HostSample['disk']> {
  const found = await Promise.all(mounts.map(partition));
  const partitions = found.flat();
  const usedBytes = partitions.reduce((sum, one) => sum + one.usedBytes, 0);
  const availableBytes = partitions.reduce((sum, one) => sum + one.availableBytes, 0);
  const total = Math.max(1, usedBytes + availableBytes);
  const usedPercent = Math.floor((100 * usedBytes) / total);
  return { usedBytes, availableBytes, usedPercent, partitions };
}

async function partition({ device, mount }: Mount) {
  // What is mounted can be out of reach, such as another user's files over the network.
  const stats = await statfs(mount).catch(() => undefined);
  if (!stats || stats.blocks === 0) return [];
  const { bsize, blocks, bfree, bavail } = stats;
  return [
    {
      device,
      mount,
      sizeKib: Math.round((blocks * bsize) / 1024),
      usedBytes: (blocks - bfree) * bsize,
      availableBytes: bavail * bsize,
      usedPercent: 100 - Math.floor((100 * bfree) / blocks),
    },
  ];
}
