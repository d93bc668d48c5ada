import { seededRandom } from '../../agent/hypervisor/simulated/random.ts';
import type { Machine, World } from './world.ts';

/** What can happen to a machine without anybody asking. */
export type Happening = 'crash' | 'pause' | 'resume' | 'shutdown' | 'start';

/** Something that happens, after the one before it. */
export interface HappeningStep {
  readonly afterMs: number;
  readonly uuid: string;
  readonly what: Happening;
}

const SHORTEST_MS = 15_000;
const LONGEST_MS = 60_000;

/** What may befall a machine in a state, the likelier the oftener it is named. */
const POSSIBLE = {
  running: ['pause', 'shutdown', 'crash'],
  paused: ['resume', 'resume', 'shutdown'],
  off: ['start'],
  crashed: ['start'],
  migrating: [],
} as const satisfies Record<Machine['state'], readonly Happening[]>;

const STATE_AFTER = {
  crash: 'crashed',
  pause: 'paused',
  resume: 'running',
  shutdown: 'off',
  start: 'running',
} as const satisfies Record<Happening, Machine['state']>;

/** A machine that people would miss is left alone, and so is one that is only a template. */
function mayChange({ tags }: Machine): boolean {
  const isQuiet = tags.includes('batch') || tags.includes('build') || tags.includes('staging');
  return isQuiet && !tags.includes('template');
}

/**
 * What happens in a world, without end and always the same for the same seed. Of the states it knows what it began
 * with and what it did: a user's own changes can make a step impossible, and then it does nothing.
 */
export function* happenings(world: World, seed: number): Generator<HappeningStep, void> {
  const random = seededRandom(seed);
  const machines = world.hosts.flatMap((host) => host.machines).filter(mayChange);
  const states = new Map(machines.map(({ uuid, state }) => [uuid, state]));
  while (machines.length > 0) {
    const afterMs = Math.round(SHORTEST_MS + random() * (LONGEST_MS - SHORTEST_MS));
    const { uuid, state } = machines[Math.floor(random() * machines.length)] ?? {
      uuid: '',
      state: 'off',
    };
    const possible = POSSIBLE[states.get(uuid) ?? state];
    const what = possible[Math.floor(random() * possible.length)];
    if (what === undefined) continue;
    states.set(uuid, STATE_AFTER[what]);
    yield { afterMs, uuid, what };
  }
}
