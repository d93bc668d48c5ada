import { describe, expect, it } from 'vitest';
import { ProcStatistics } from '../../../../agent/health/proc-statistics.ts';
import { SimulatedStatistics } from '../../../../agent/health/simulated-statistics.ts';
import { ManualClock } from '../../../../agent/hypervisor/simulated/manual-clock.ts';
import { SimulatedHypervisor } from '../../../../agent/hypervisor/simulated/simulated-hypervisor.ts';
import { loggerFor } from '../../../../agent/log/logger.ts';
import { waitFor } from '../../../support/libvirtd.ts';
import { domainXml, worldOf } from '../test-agent.ts';

const onThrown = (cause: unknown): never => {
  throw cause;
};

describe('the health of a host', () => {
  it('is measured on this very machine', async () => {
    const logger = loggerFor('test', 'error', () => undefined);
    const statistics = new ProcStatistics({ logger, intervalMs: 60_000, keep: 2 });
    expect(statistics.latest()).toBe(undefined);
    for (let round = 0; round < 3; round += 1) await statistics.measure();
    const { memory, cpu, system } = statistics.latest()!;
    expect(memory.totalKib).toBe(memory.usedKib + memory.freeKib);
    expect(cpu.idlePercent).toBeLessThanOrEqual(100);
    expect(system.kernelName).toBe('Linux');
    expect(statistics.history(10)).toHaveLength(2);
  });

  it('follows the guests of a simulated host, the same for the same seed', async () => {
    const samples = await Promise.all([1, 1].map(async (seed) => simulate(seed)));
    expect(samples[0]).toEqual(samples[1]);
    const [newest, , oldest] = samples[0]!;
    expect(newest!.memory.usedKib).toBeGreaterThan(524_288);
    expect(newest!.cpu.idlePercent).toBeLessThan(100);
    expect(oldest!.networks).toContainEqual({
      name: 'eno1',
      deltaBytes: 0,
      receivedBytes: 0,
      sentBytes: 0,
    });
  });
});

async function simulate(seed: number) {
  const clock = new ManualClock(1_000_000_000_000);
  const uuid = '11111111-2222-4333-8444-555555555555';
  const world = worldOf({ xml: domainXml('one', uuid), state: 'running' });
  const hypervisor = new SimulatedHypervisor({ world, seed, clock, onThrown });
  await hypervisor.connect();
  const { node } = world;
  const statistics = new SimulatedStatistics({
    hypervisor,
    node,
    seed,
    clock,
    intervalMs: 5000,
    keep: 10,
  });
  const stop = statistics.start();
  for (let count = 1; count <= 3; count += 1) {
    await waitFor('a sample', 5000, () => {
      if (statistics.history(10).length < count) clock.step(1000);
      return statistics.history(10).length >= count;
    });
  }
  stop();
  return statistics.history(3).map(({ memory, cpu, networks }) => ({ memory, cpu, networks }));
}
