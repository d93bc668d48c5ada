import type { Clock } from '../../node/xmpp/clock.ts';
import { Lanes } from './lanes.ts';
import { readMounts, type Mount } from './proc-text.ts';
import type { HostReading } from './reading.ts';

type Disk = HostReading['disk'];
type Partition = Disk['partitions'][number];

/** What statfs(2) tells, as far as it is needed: blocks, and how many bytes one has. */
export type FileSystem = Record<'bsize' | 'blocks' | 'bfree' | 'bavail', number>;

/** How long partitions are as they were, in milliseconds: they fill slowly, and a dozen take longer than all else. */
const FRESH_MS = 10_000;
/** How long one that told nothing yet is waited for, in milliseconds: one over the network may never answer. */
const PATIENCE_MS = 1000;
/** Node waits for four system calls at once, for all that touches files: some are left for others. */
const SERVED_AT_ONCE = 2;

export interface PartitionsParts {
  readonly clock: Clock;
  /** What is mounted, as in /proc/mounts. */
  readonly mounts: () => string;
  readonly statfs: (place: string) => Promise<FileSystem>;
}

/**
 * How full the file systems are. One that does not answer is waited for once, and holds up none but those of
 * the same server, and other servers once two are out of reach.
 */
export class Partitions {
  readonly #parts: PartitionsParts;
  #mounts: readonly Mount[] = [];
  #askedMs: number | undefined;
  /** By its place what each told last; undefined for one that told nothing. */
  readonly #told = new Map<string, Partition | undefined>();
  /** Questions that were not answered yet, by place. */
  readonly #asked = new Map<string, Promise<void>>();
  readonly #own = new Lanes(1);
  readonly #served = new Lanes(SERVED_AT_ONCE);

  constructor(parts: PartitionsParts) {
    this.#parts = parts;
  }

  /** What each told last, newer answers being waited for beside it where that is old. */
  async read(): Promise<Disk> {
    if (!this.#isFresh()) this.#askAll();
    const unheard = this.#mounts.filter((one) => !this.#told.has(placeOf(one))).map(placeOf);
    if (unheard.length > 0) await this.#waitFor(unheard);
    return diskOf(this.#mounts.flatMap((one) => this.#told.get(placeOf(one)) ?? []));
  }

  #isFresh(): boolean {
    const nowMs = this.#parts.clock.now();
    // A clock that was set back says nothing of the age.
    const askedMs = this.#askedMs;
    return askedMs !== undefined && nowMs >= askedMs && nowMs - askedMs < FRESH_MS;
  }

  #askAll(): void {
    this.#mounts = readMounts(this.#parts.mounts());
    this.#askedMs = this.#parts.clock.now();
    const places = new Set(this.#mounts.map(placeOf));
    for (const place of this.#told.keys()) if (!places.has(place)) this.#told.delete(place);
    for (const one of this.#mounts) {
      const place = placeOf(one);
      if (!this.#asked.has(place)) this.#asked.set(place, this.#ask(one, place));
    }
  }

  async #ask(one: Mount, place: string): Promise<void> {
    // What is mounted can be out of reach, such as another user's files over the network.
    const lanes = one.server === undefined ? this.#own : this.#served;
    const ask = () => this.#parts.statfs(one.mount).catch(() => undefined);
    const stats = await lanes.run(one.server ?? '', ask);
    this.#told.set(place, stats && stats.blocks > 0 ? partitionOf(one, stats) : undefined);
    this.#asked.delete(place);
  }

  /** Who has not answered by then is left out until it does. */
  async #waitFor(places: readonly string[]): Promise<void> {
    const asked = places.flatMap((place) => this.#asked.get(place) ?? []);
    await new Promise<void>((resolve) => {
      const callOff = this.#parts.clock.after(PATIENCE_MS, resolve);
      void Promise.all(asked).then(() => {
        callOff();
        resolve();
      });
    });
    for (const place of places) if (!this.#told.has(place)) this.#told.set(place, undefined);
  }
}

function placeOf({ device, mount }: Mount): string {
  return `${device} ${mount}`;
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
