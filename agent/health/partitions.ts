import { readMounts, type Mount } from './proc-text.ts';
import type { HostReading } from './reading.ts';

type Disk = HostReading['disk'];

/** What statfs(2) tells, as far as it is needed: blocks, and how many bytes one has. */
export type FileSystem = Record<'bsize' | 'blocks' | 'bfree' | 'bavail', number>;

/** How long partitions are as they were, in milliseconds: they fill slowly, and a dozen take longer than all else. */
const FRESH_MS = 10_000;

export interface PartitionsParts {
  readonly nowMs: () => number;
  /** What is mounted, as in /proc/mounts. */
  readonly mounts: () => string;
  readonly statfs: (place: string) => Promise<FileSystem>;
}

/** How full the file systems are. One that is out of reach holds up only the first look at them. */
export class Partitions {
  readonly #parts: PartitionsParts;
  #last: Promise<Disk> | undefined;
  #askedMs = 0;
  #asking = false;

  constructor(parts: PartitionsParts) {
    this.#parts = parts;
  }

  /** What was told last, a newer answer being waited for beside it where that is old. */
  read(): Promise<Disk> {
    const nowMs = this.#parts.nowMs();
    // A clock that was set back says nothing of the age.
    const isFresh = nowMs >= this.#askedMs && nowMs - this.#askedMs < FRESH_MS;
    if (this.#last && (isFresh || this.#asking)) return this.#last;
    this.#askedMs = nowMs;
    this.#asking = true;
    const asked = this.#ask().finally(() => (this.#asking = false));
    this.#last ??= asked;
    void asked.then(
      (found) => (this.#last = Promise.resolve(found)),
      () => (this.#last = undefined),
    );
    return this.#last;
  }

  async #ask(): Promise<Disk> {
    const { mounts, statfs } = this.#parts;
    const found = readMounts(mounts()).map(async (one) => {
      // What is mounted can be out of reach, such as another user's files over the network.
      const stats = await statfs(one.mount).catch(() => undefined);
      return !stats || stats.blocks === 0 ? [] : [partitionOf(one, stats)];
    });
    return diskOf((await Promise.all(found)).flat());
  }
}

function diskOf(partitions: Disk['partitions']): Disk {
  const usedBytes = partitions.reduce((sum, one) => sum + one.usedBytes, 0);
  const availableBytes = partitions.reduce((sum, one) => sum + one.availableBytes, 0);
  const total = Math.max(1, usedBytes + availableBytes);
  const usedPercent = Math.floor((100 * usedBytes) / total);
  return { usedBytes, availableBytes, usedPercent, partitions };
}

function partitionOf({ device, mount }: Mount, { bsize, blocks, bfree, bavail }: FileSystem) {
  return {
    device,
    mount,
    sizeKib: Math.round((blocks * bsize) / 1024),
    usedBytes: (blocks - bfree) * bsize,
    availableBytes: bavail * bsize,
    usedPercent: 100 - Math.floor((100 * bfree) / blocks),
  };
}
