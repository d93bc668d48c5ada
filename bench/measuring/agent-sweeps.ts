import { once } from 'node:events';
import { setImmediate as turn } from 'node:timers/promises';
import { HealthCollector } from '../../agent/health/collector.ts';
import { Past, tiersFor } from '../../agent/health/past.ts';
import { ProcProbe } from '../../agent/health/proc-probe.ts';
import type { ManualClock } from '../../agent/hypervisor/simulated/manual-clock.ts';
import type { Hypervisor } from '../../agent/hypervisor/hypervisor.ts';
import { STATISTICS_GROUPS } from '../../agent/hypervisor/statistics.ts';
import { median } from './summary.ts';

const INTERVAL_MS = 1000;

export interface Sweeps {
  /** Moves on by one reading each time. */
  readonly clock: ManualClock;
  readonly domains: number;
  /** Those that are left out: not compiled yet, and columns that still grow. */
  readonly warmUp: number;
  readonly times: number;
}

/** Milliseconds, medians of many times. */
export interface SweepTimes {
  /** A reading of a hypervisor, all of it: asked, reckoned, and kept. */
  readonly reading: number;
  /** The bare call in it that asks for the statistics of all domains. */
  readonly call: number;
}

/** What an agent's reading costs beside the bare call in it. Connects the hypervisor. */
export async function measureSweeps(hypervisor: Hypervisor, sweeps: Sweeps): Promise<SweepTimes> {
  const { clock, domains } = sweeps;
  const collector = new HealthCollector({
    hypervisor,
    probe: new ProcProbe('/proc', clock),
    past: new Past(tiersFor(INTERVAL_MS)),
    clock,
    intervalMs: INTERVAL_MS,
    onTrouble: (why) => {
      throw new Error(why);
    },
  });
  const readings = new EventTarget();
  collector.onReading(() => readings.dispatchEvent(new Event('reading')));
  const first = once(readings, 'reading');
  const stop = collector.start(() => true);
  await first;
  const connected = await hypervisor.connect();
  if (!connected.ok) throw new Error(connected.error.message);
  const reading = await timed(sweeps, async () => {
    const read = once(readings, 'reading');
    clock.step(INTERVAL_MS + INTERVAL_MS / 2);
    await read;
  });
  if (collector.readings.now?.machines.size !== domains) throw new Error('Not all were measured');
  stop();
  const call = await timed(sweeps, async () => {
    clock.step(INTERVAL_MS);
    const reply = await hypervisor.domains.statistics(STATISTICS_GROUPS);
    if (!reply.ok || reply.value.length !== domains) throw new Error('Not all were told');
  });
  return { reading, call };
}

/** Milliseconds that something takes, the median of many times. */
async function timed({ warmUp, times }: Sweeps, act: () => Promise<void>): Promise<number> {
  const taken: number[] = [];
  while (taken.length < warmUp + times) {
    // What follows a reading, such as the timer of the next, is no part of it.
    await turn();
    const began = performance.now();
    await act();
    taken.push(performance.now() - began);
  }
  return median(taken.slice(warmUp));
}
