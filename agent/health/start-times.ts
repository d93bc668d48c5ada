import type { DomainEvent } from '../hypervisor/domain-event.ts';
import type { DomainStatistics } from '../hypervisor/statistics.ts';
import type { HostProbe } from './reading.ts';

type Running = ReadonlyMap<string, DomainStatistics>;

/**
 * Since when domains run: as the hypervisor itself tells, else as was seen when they started, else as
 * their processes say. What cannot be known is left open.
 */
export class StartTimes {
  readonly #probe: Pick<HostProbe, 'startsOf'>;
  readonly #nowMs: () => number;
  /** Undefined: it was looked for, and not found. */
  readonly #known = new Map<string, number | undefined>();

  constructor(probe: Pick<HostProbe, 'startsOf'>, nowMs: () => number) {
    this.#probe = probe;
    this.#nowMs = nowMs;
  }

  /** Something happened to a domain. One that wakes up has been running all the time. */
  happened({ uuid, event, detail }: DomainEvent): void {
    if (event === 'stopped') this.#known.delete(uuid);
    if (event === 'started' && detail !== 'wakeup') this.#known.set(uuid, this.#nowMs());
  }

  /** What happens is not told any more: whatever runs may be another run when it is told again. */
  forget(): void {
    this.#known.clear();
  }

  /** The same domains with the times of their starts, where they are known. */
  async added(running: Running): Promise<Running> {
    for (const uuid of this.#known.keys()) if (!running.has(uuid)) this.#known.delete(uuid);
    const untold = [...running.keys()].filter((uuid) => {
      return running.get(uuid)?.startedAtMs === undefined;
    });
    const open = untold.filter((uuid) => !this.#known.has(uuid));
    if (open.length > 0) await this.#lookFor(open);
    const found = untold.filter((uuid) => this.#known.get(uuid) !== undefined);
    return found.length === 0 ? running : this.#with(found, running);
  }

  #with(found: readonly string[], running: Running): Running {
    const added = new Map(running);
    for (const uuid of found) {
      const [one, startedAtMs] = [running.get(uuid), this.#known.get(uuid)];
      if (one && startedAtMs !== undefined) added.set(uuid, { ...one, startedAtMs });
    }
    return added;
  }

  async #lookFor(uuids: readonly string[]): Promise<void> {
    const found = await this.#probe.startsOf(new Set(uuids));
    for (const uuid of uuids) if (!this.#known.has(uuid)) this.#known.set(uuid, found.get(uuid));
  }
}
