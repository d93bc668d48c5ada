import { ManualClock } from '../agent/hypervisor/simulated/manual-clock.ts';
import { SimulatedHypervisor } from '../agent/hypervisor/simulated/simulated-hypervisor.ts';
import type { SimulatedWorld } from '../agent/hypervisor/simulated/world.ts';
import { measureSweeps } from './measuring/agent-sweeps.ts';
import type { Bench, Run } from './measuring/bench.ts';

const DOMAINS = 500;
const SWEEPS = 100;
const WARM_UP = 200;

function definition(number: number): string {
  const uuid = `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;
  return `<domain type='kvm'><name>reef-${number}</name><uuid>${uuid}</uuid>
    <memory unit='KiB'>1048576</memory><vcpu>2</vcpu>
    <os><type arch='x86_64'>hvm</type></os>
    <devices>
      <disk type='file' device='disk'><source file='/reef/${number}'/><target dev='vda'/></disk>
      <interface type='network'><source network='default'/><target dev='vnet${number}'/></interface>
    </devices></domain>`;
}

const world: SimulatedWorld = {
  hostname: 'reef',
  node: {
    model: 'x86_64',
    memoryKiB: 1024 ** 3,
    cpus: 128,
    mhz: 2800,
    numaNodes: 1,
    sockets: 2,
    coresPerSocket: 32,
    threadsPerCore: 2,
  },
  domains: Array.from({ length: DOMAINS }, (_, number) => {
    return { xml: definition(number), state: 'running' };
  }),
};

async function sweep(): Promise<Run> {
  const clock = new ManualClock(1_764_000_000_000);
  const onThrown = (cause: unknown): void => {
    throw cause;
  };
  const hypervisor = new SimulatedHypervisor({ world, seed: 1, clock, onThrown });
  const sweeps = { clock, domains: DOMAINS, warmUp: WARM_UP, times: SWEEPS };
  const { reading, call } = await measureSweeps(hypervisor, sweeps);
  const peer = { name: 'one bare bulk call of the simulated hypervisor', value: call };
  return [{ name: 'agent.sweep-500', value: reading, unit: 'ms', peer }];
}

/** One reading of a host with 500 domains, all of it: asked, reckoned, and kept. */
export const agentSweep: Bench = {
  name: 'agent.sweep-500',
  runs: 5,
  run: sweep,
};
