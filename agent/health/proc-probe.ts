import { readFile, statfs } from 'node:fs/promises';
import { machine, release, type as kernelName } from 'node:os';
import { join } from 'node:path';
import {
  readCpu,
  readLoad,
  readMemory,
  readMounts,
  readTraffic,
  readUptime,
  readVirtualisation,
  type Mount,
} from './proc-text.ts';
import { processStarts } from './proc-starts.ts';
import type { HostProbe, HostReading } from './reading.ts';

const PAGE_KIB = 4;

/** This machine, from /proc (proc(5)). */
export class ProcProbe implements HostProbe {
  readonly #proc: string;
  /** It stays as it is while the machine runs, and is long where there are many processors. */
  #virtualisation: boolean | undefined;

  /** `proc` is where the kernel tells of itself. */
  constructor(proc = '/proc') {
    this.#proc = proc;
  }

  async read(): Promise<HostReading> {
    const names = ['meminfo', 'loadavg', 'uptime', 'mounts', 'stat', 'net/dev'];
    const [meminfo, loadavg, uptime, mounts, stat, dev] = await Promise.all(
      names.map((name) => this.#text(name)),
    );
    this.#virtualisation ??= readVirtualisation(await this.#text('cpuinfo'));
    return {
      cpu: readCpu(stat ?? ''),
      memory: { ...readMemory(meminfo ?? ''), sharedKib: await sharedKib() },
      load: readLoad(loadavg ?? ''),
      networks: readTraffic(dev ?? ''),
      disk: await disk(readMounts(mounts ?? '')),
      uptime: { text: readUptime(uptime ?? '') },
      system: {
        kernelName: kernelName(),
        kernelRelease: release(),
        machine: machine(),
        system: 'GNU/Linux',
      },
      capabilities: { virtualisation: this.#virtualisation },
    };
  }

  startsOf(uuids: ReadonlySet<string>): Promise<ReadonlyMap<string, number>> {
    return processStarts(this.#proc, uuids);
  }

  #text(name: string): Promise<string> {
    return readFile(join(this.#proc, name), 'utf8');
  }
}

/** What same-page merging saves; a kernel without it shares nothing. */
async function sharedKib(): Promise<number> {
  const pages = await readFile('/sys/kernel/mm/ksm/pages_sharing', 'utf8').catch(() => '0');
  return Number(pages) * PAGE_KIB;
}

async function disk(mounts: readonly Mount[]): Promise<HostReading['disk']> {
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
