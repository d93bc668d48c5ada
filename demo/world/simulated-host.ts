import type {
  SimulatedDomainDescription,
  SimulatedWorld,
} from '../../agent/hypervisor/simulated/world.ts';
import { definitionText } from './machine-definition.ts';
import type { Host, Machine } from './world.ts';

const HOUR_MS = 3_600_000;
const SHUTDOWN_MS = 2500;

/** The state in which the simulation begins with a machine: what crashes must run before. */
function simulatedState({ state }: Machine): 'paused' | 'running' | 'shutoff' {
  if (state === 'paused') return 'paused';
  return state === 'off' ? 'shutoff' : 'running';
}

function describe(machine: Machine): SimulatedDomainDescription {
  const { name, operatingSystem, keyboard, workload } = machine;
  return {
    xml: definitionText(machine),
    state: simulatedState(machine),
    autostart: machine.tags.includes('production'),
    uptimeMs: machine.uptimeHours * HOUR_MS,
    workload,
    keyboard,
    screen: [`${operatingSystem} ${name} tty1`, '', `${name} login: `],
    shutdownMs: SHUTDOWN_MS,
  };
}

/** A host of the demo as the simulated hypervisor takes it. */
export function simulatedHost(host: Host): SimulatedWorld {
  return {
    hostname: host.name,
    node: {
      model: 'x86_64',
      memoryKiB: host.memoryGib * 1024 * 1024,
      cpus: host.sockets * host.coresPerSocket * 2,
      mhz: host.mhz,
      numaNodes: 1,
      sockets: host.sockets,
      coresPerSocket: host.coresPerSocket,
      threadsPerCore: 2,
    },
    domains: host.machines.map(describe),
  };
}
