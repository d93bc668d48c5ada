import { readFile, statfs } from 'node:fs/promises';
import { machine, release, type as kernelName } from 'node:os';
import { join } from 'node:path';
import { KernelFile } from './kernel-file.ts';
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
/** What same-page merging saves; a kernel without it has no such file. */
const PAGES_SHARING = '/sys/kernel/mm/ksm/pages_sharing';
const NAMES = ['meminfo', 'loadavg', 'uptime', 'mounts', 'stat', 'net/dev'];

/** This machine, from /proc (proc(5)). */
export class ProcProbe implements HostProbe {
  readonly #proc: string;
  /** In the order of their names. */
  readonly #files: readonly KernelFile[];
  readonly #pagesSharing = new KernelFile(PAGES_SHARING);
  /** It stays as it is while the machine runs, and is long where there are many processors. */
  #virtualisation: boolean | undefined;

  /** `proc` is where the kernel tells of itself. */
  constructor(proc = '/proc') {
    this.#proc = proc;
    this.#files = NAMES.map((name) => new KernelFile(join(proc, name)));
  }

  async read(): Promise<HostReading> {
    // Before anything is waited for: nothing is opened once it has been closed.
    const texts = this.#files.map((file) => file.text());
    const [meminfo = '', loadavg = '', uptime = '', mounts = '', stat = '', dev = ''] = texts;
    const sharedKib = this.#sharedKib();
    this.#virtualisation ??= readVirtualisation(
      await readFile(join(this.#proc, 'cpuinfo'), 'utf8'),
    );
    return {
      cpu: readCpu(stat),
      memory: { ...readMemory(meminfo), sharedKib },
      load: readLoad(loadavg),
      networks: readTraffic(dev),
      disk: await disk(readMounts(mounts)),
      uptime: { text: readUptime(uptime) },
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

  /** Lets go of the files, which the next reading would open again. */
  close(): void {
    for (const file of [...this.#files, this.#pagesSharing]) file.close();
  }

  #sharedKib(): number {
    try {
      return Number(this.#pagesSharing.text()) * PAGE_KIB;
    } catch {
      // Without same-page merging nothing is shared.
      return 0;
    }
  }
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
