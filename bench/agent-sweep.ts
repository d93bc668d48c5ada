import { once } from 'node:events';
import { setImmediate as turn } from 'node:timers/promises';
import { HealthCollector } from '../agent/health/collector.ts';
import { Past, tiersFor } from '../agent/health/past.ts';
import { ProcProbe } from '../agent/health/proc-probe.ts';
import { ManualClock } from '../agent/hypervisor/simulated/manual-clock.ts';
import { SimulatedHypervisor } from '../agent/hypervisor/simulated/simulated-hypervisor.ts';
import type { SimulatedWorld } from '../agent/hypervisor/simulated/world.ts';
import { STATISTICS_GROUPS } from '../agent/hypervisor/statistics.ts';
import type { Bench, Run } from './measuring/bench.ts';
import { median } from './measuring/summary.ts';

const DOMAINS = 500;
const SWEEPS = 100;
/** Not compiled yet, and columns that still grow. */
const WARM_UP = 200;
const INTERVAL_MS = 1000;

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

/** Milliseconds that something takes, the median of many times. */
async function timed(act: () => Promise<void>): Promise<number> {
  const times: number[] = [];
  while (times.length < WARM_UP + SWEEPS) {
    // What follows a reading, such as the timer of the next, is no part of it.
    await turn();
    const began = performance.now();
    await act();
    times.push(performance.now() - began);
  }
  return median(times.slice(WARM_UP));
}

async function sweep(): Promise<Run> {
  const clock = new ManualClock(1_764_000_000_000);
  const onThrown = (cause: unknown): void => {
    throw cause;
  };
  const hypervisor = new SimulatedHypervisor({ world, seed: 1, clock, onThrown });
  const collector = new HealthCollector({
    hypervisor,
    probe: new ProcProbe('/proc', clock),
    past: new Past(tiersFor(INTERVAL_MS)),
    clock,
    intervalMs: INTERVAL_MS,
    onTrouble: (why) => onThrown(new Error(why)),
  });
  const readings = new EventTarget();
  collector.onReading(() => readings.dispatchEvent(new Event('reading')));
  const first = once(readings, 'reading');
  const stop = collector.start(() => true);
  await first;
  await hypervisor.connect();
  const all = await timed(async () => {
    const read = once(readings, 'reading');
    clock.step(INTERVAL_MS + INTERVAL_MS / 2);
    await read;
  });
  if (collector.readings.now?.machines.size !== DOMAINS) throw new Error('Not all were measured');
  stop();
  const bare = await timed(async () => {
    clock.step(INTERVAL_MS);
    const reply = await hypervisor.domains.statistics(STATISTICS_GROUPS);
    if (!reply.ok || reply.value.length !== DOMAINS) throw new Error('Not all were told');
  });
  const peer = { name: 'one bare bulk call of the simulated hypervisor', value: bare };
  return [{ name: 'agent.sweep-500', value: all, unit: 'ms', peer }];
}

/** One reading of a host with 500 domains, all of it: asked, reckoned, and kept. */
export const agentSweep: Bench = {
  name: 'agent.sweep-500',
  runs: 5,
  run: sweep,
};
