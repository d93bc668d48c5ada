import { readFile, statfs } from 'node:fs/promises';
import { machine, release, type as kernelName } from 'node:os';
import { join } from 'node:path';
import { systemClock, type Clock } from '../../node/xmpp/clock.ts';
import { KernelFile } from './kernel-file.ts';
import { Partitions } from './partitions.ts';
import {
  readCpu,
  readLoad,
  readMemory,
  readTraffic,
  readUptime,
  readVirtualisation,
} from './proc-text.ts';
import { processStarts } from './proc-starts.ts';
import type { HostProbe, HostReading } from './reading.ts';

const PAGE_KIB = 4;
/** What same-page merging saves; a kernel without it has no such file. */
const PAGES_SHARING = '/sys/kernel/mm/ksm/pages_sharing';
const NAMES = ['meminfo', 'loadavg', 'uptime', 'stat', 'net/dev'];

/** This machine, from /proc (proc(5)). */
export class ProcProbe implements HostProbe {
  readonly #proc: string;
  /** In the order of their names. */
  readonly #files: readonly KernelFile[];
  readonly #pagesSharing = new KernelFile(PAGES_SHARING);
  readonly #mounts: KernelFile;
  readonly #partitions: Partitions;
  /** It stays as it is while the machine runs, and is long where there are many processors. */
  #virtualisation: boolean | undefined;

  /** `proc` is where the kernel tells of itself. */
  constructor(proc = '/proc', clock: Clock = systemClock) {
    this.#proc = proc;
    this.#files = NAMES.map((name) => new KernelFile(join(proc, name)));
    const file = new KernelFile(join(proc, 'mounts'));
    this.#mounts = file;
    this.#partitions = new Partitions({ clock, mounts: () => file.text(), statfs });
  }

  async read(): Promise<HostReading> {
    // Before anything is waited for: nothing is opened once it has been closed.
    const texts = this.#files.map((file) => file.text());
    const [meminfo = '', loadavg = '', uptime = '', stat = '', dev = ''] = texts;
    const sharedKib = this.#sharedKib();
    const disk = this.#partitions.read();
    this.#virtualisation ??= readVirtualisation(
      await readFile(join(this.#proc, 'cpuinfo'), 'utf8'),
    );
    return {
      cpu: readCpu(stat),
      memory: { ...readMemory(meminfo), sharedKib },
      load: readLoad(loadavg),
      networks: readTraffic(dev),
      disk: await disk,
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
    for (const file of [...this.#files, this.#mounts, this.#pagesSharing]) file.close();
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
