import type { Platform } from '../../demo/platform.ts';

/** What one storm left behind: how each machine that it touched is now, by its UUID. */
export type StormOutcome = Readonly<Record<string, 'paused' | 'running'>>;

/** In one turn of the event loop, so that the server goes on reading. */
const AT_ONCE = 100;

/** Pauses and resumes the machines that run, one after the other, until that many changes were told. */
export class Storm {
  readonly #platform: Platform;
  readonly #states = new Map<string, 'paused' | 'running'>();

  constructor(platform: Platform) {
    this.#platform = platform;
    for (const { machines } of platform.world.hosts) {
      for (const { uuid, state } of machines)
        if (state === 'running') this.#states.set(uuid, state);
    }
  }

  async blow(changes: number): Promise<StormOutcome> {
    const uuids = [...this.#states.keys()];
    for (let at = 0; at < changes; at += 1) {
      this.#turn(uuids[at % uuids.length] ?? '');
      if (at % AT_ONCE === AT_ONCE - 1) await new Promise((resolve) => setImmediate(resolve));
    }
    return Object.fromEntries(this.#states);
  }

  #turn(uuid: string): void {
    const isRunning = this.#states.get(uuid) === 'running';
    this.#platform.happen(uuid, isRunning ? 'pause' : 'resume');
    this.#states.set(uuid, isRunning ? 'paused' : 'running');
  }
}
