import { seededRandom, seedOf } from '../../agent/hypervisor/simulated/random.ts';
import { ARCHIPELAGO, PEOPLE } from './archipelago.ts';
import { uuidOf, workloadOf } from './identity.ts';
import type { Host, Machine, MachineState, World } from './world.ts';

const SITES = ['Paris', 'Lyon', 'Brest', 'Nantes', 'Genève', 'Berlin', 'Porto', 'Tromsø'] as const;
const KINDS = [
  { name: 'web', tags: ['production', 'web'] },
  { name: 'db', tags: ['production', 'database'] },
  { name: 'worker', tags: ['production', 'batch'] },
  { name: 'cache', tags: ['production', 'cache'] },
  { name: 'build', tags: ['build'] },
  { name: 'test', tags: ['staging'] },
] as const;
const HOST_SIZE = { sockets: 2, coresPerSocket: 32, mhz: 2800, memoryGib: 512 };

/** How large a platform shall be; without sizes it is the built-in one. */
export interface FleetSize {
  readonly hypervisors?: number | undefined;
  /** On each hypervisor. */
  readonly machines?: number | undefined;
  readonly seed: number;
}

function pick<T>(values: readonly [T, ...T[]] | readonly T[], random: () => number): T {
  const value = values[Math.floor(random() * values.length)];
  if (value === undefined) throw new Error('Nothing to pick from');
  return value;
}

function stateFrom(draw: number): MachineState {
  if (draw < 0.8) return 'running';
  if (draw < 0.94) return 'off';
  return draw < 0.99 ? 'paused' : 'crashed';
}

function machine(name: string, kind: (typeof KINDS)[number], random: () => number): Machine {
  const memoryMib = 1024 * 2 ** Math.floor(random() * 5);
  const vcpus = 2 ** Math.floor(random() * 4);
  return {
    name,
    uuid: uuidOf(name),
    state: stateFrom(random()),
    tags: kind.tags,
    owner: `${kind.name}@archipel.test`,
    unit: 'Operations',
    operatingSystem: 'Debian 12',
    keyboard: 'us',
    memoryMib,
    maxMemoryMib: memoryMib * 2,
    vcpus,
    maxVcpus: vcpus * 2,
    diskGib: 40,
    uptimeHours: Math.floor(random() * 2000),
    workload: workloadOf(name, 0.02 + 0.45 * random() ** 2),
  };
}

function host(index: number, machines: number, seed: number): Host {
  const number = String(index + 1).padStart(3, '0');
  const name = `reef-${number}`;
  const random = seededRandom(seedOf(seed, name));
  const inside = Array.from({ length: machines }, (_, at) => {
    const kind = pick(KINDS, random);
    return machine(`${kind.name}-${number}-${String(at + 1).padStart(2, '0')}`, kind, random);
  });
  // Sites of a dozen hosts or more, so that a large platform is not one long list.
  const site = SITES[Math.floor(index / 12) % SITES.length] ?? SITES[0];
  return { name, site, tags: ['production'], ...HOST_SIZE, machines: inside };
}

/** The world of that size: the built-in one, or one drawn from the seed. */
export function makeWorld({ hypervisors, machines, seed }: FleetSize): World {
  if (hypervisors === undefined && machines === undefined) return ARCHIPELAGO;
  const hosts = Array.from({ length: hypervisors ?? ARCHIPELAGO.hosts.length }, (_, index) =>
    host(index, machines ?? 5, seed),
  );
  return { organisation: ARCHIPELAGO.organisation, hosts, people: PEOPLE };
}
