import { describe, expect, it, vi } from 'vitest';
import { HealthCollector } from '../../../../agent/health/collector.ts';
import { Past, tiersFor } from '../../../../agent/health/past.ts';
import { machineReading } from '../../../../agent/health/machine-reading.ts';
import { ProcProbe } from '../../../../agent/health/proc-probe.ts';
import type { Reading } from '../../../../agent/health/reading.ts';
import { sampleOf } from '../../../../agent/health/samples.ts';
import { SimulatedProbe } from '../../../../agent/health/simulated-probe.ts';
import { ManualClock } from '../../../../agent/hypervisor/simulated/manual-clock.ts';
import { SimulatedHypervisor } from '../../../../agent/hypervisor/simulated/simulated-hypervisor.ts';
import { expectOk } from '../../../support/expect-result.ts';
import { waitFor } from '../../../support/libvirtd.ts';
import { domainXml, worldOf } from '../test-agent.ts';

const UUID = '11111111-2222-4333-8444-555555555555';
const OFF = '22222222-2222-4333-8444-555555555555';
const onThrown = (cause: unknown): never => {
  throw cause;
};

interface Bench {
  readonly clock: ManualClock;
  readonly hypervisor: SimulatedHypervisor;
  readonly collector: HealthCollector;
  readonly troubles: string[];
  /** Lets so many seconds pass, each with a reading. */
  pass(seconds: number): Promise<void>;
  readonly stop: () => void;
}

async function begin(seed = 1): Promise<Bench> {
  const clock = new ManualClock(1_000_000_000_000);
  const world = worldOf(
    { xml: domainXml('one', UUID), state: 'running' },
    { xml: domainXml('off', OFF), state: 'shutoff' },
  );
  const hypervisor = new SimulatedHypervisor({ world, seed, clock, onThrown });
  const troubles: string[] = [];
  const collector = new HealthCollector({
    hypervisor,
    probe: new SimulatedProbe({ node: world.node, seed, clock }),
    past: new Past(tiersFor(1000)),
    clock,
    intervalMs: 1000,
    onTrouble: (why) => troubles.push(why),
  });
  let read = 0;
  collector.onReading(() => (read += 1));
  const stop = collector.start(() => true);
  await hypervisor.connect();
  await waitFor('the first reading', 5000, () => read === 1);
  const pass = async (seconds: number): Promise<void> => {
    // The first is due in the middle of the second after the one at the start.
    for (let second = 0; second < seconds; second += 1) {
      const wanted = read + 1;
      clock.step(second === 0 && read === 1 ? 1500 : 1000);
      await waitFor('a reading', 5000, () => read === wanted);
    }
  };
  return { clock, hypervisor, collector, troubles, pass, stop };
}

describe('the health of a host', () => {
  it('is read from this very machine', async () => {
    const { cpu, memory, system, networks } = await new ProcProbe().read();
    expect(memory.totalKib).toBe(memory.usedKib + memory.freeKib);
    expect(cpu.idle).toBeLessThanOrEqual(cpu.total);
    expect(system.kernelName).toBe('Linux');
    expect(networks.has('lo')).toBe(false);
  });

  it('follows the guests of a simulated host, the same for the same seed', async () => {
    const samples = await Promise.all(
      [1, 1].map(async (seed) => {
        const { collector, pass, stop } = await begin(seed);
        await pass(3);
        stop();
        return collector.history(10);
      }),
    );
    expect(samples[0]).toEqual(samples[1]);
    const [newest, ...older] = samples[0]!;
    expect(older).toHaveLength(2);
    expect(newest!.memory.usedKib).toBeGreaterThan(524_288);
    expect(newest!.memory.sharedKib).toBeGreaterThan(0);
    expect(newest!.cpu.idlePercent).toBeLessThan(100);
  });

  it('asks for all domains in one call, and leaves out those that are off', async () => {
    const { collector, hypervisor, pass, stop } = await begin();
    const asked = vi.spyOn(hypervisor.domains, 'statistics');
    const info = vi.spyOn(hypervisor.domains, 'info');
    await pass(4);
    stop();
    expect([asked.mock.calls.length, info.mock.calls.length]).toEqual([4, 0]);
    expect([...collector.readings.now!.machines.keys()]).toEqual([UUID]);
  });

  it('lets go of what the machine is read from when it stops', async () => {
    const clock = new ManualClock(1_000_000_000_000);
    const world = worldOf();
    const probe = new ProcProbe();
    const close = vi.spyOn(probe, 'close');
    const collector = new HealthCollector({
      ...{ probe, clock, intervalMs: 1000, onTrouble: onThrown, past: new Past(tiersFor(1000)) },
      hypervisor: new SimulatedHypervisor({ world, seed: 1, clock, onThrown }),
    });
    const stop = collector.start(() => true);
    await waitFor('the first reading', 5000, () => collector.readings.now !== undefined);
    expect(close).not.toHaveBeenCalled();
    stop();
    expect(close).toHaveBeenCalledOnce();
  });

  it('goes on with the host alone while libvirt is away', async () => {
    const { collector, hypervisor, troubles, pass, stop } = await begin();
    hypervisor.faults.loseDaemon();
    await pass(1);
    expect(collector.readings.now!.machines.size).toBe(0);
    hypervisor.faults.returnDaemon();
    await pass(1);
    stop();
    expect([collector.readings.now!.machines.size, troubles]).toEqual([1, []]);
  });

  it('keeps no zeros of a machine that it sees for the first time', async () => {
    const { collector, hypervisor, pass, stop } = await begin();
    const kept = vi.spyOn(collector.past, 'add');
    await pass(1);
    expectOk(await hypervisor.domains.create(OFF));
    await pass(2);
    stop();
    const seen = kept.mock.calls.map(([{ machines }]) => machines.map(({ uuid }) => uuid));
    // libvirt was reached after the first reading.
    expect(seen).toEqual([[], [UUID], [UUID, OFF]]);
  });
});

describe('what happened between two readings', () => {
  const host: Reading['host'] = {
    cpu: { idle: 100, total: 200 },
    memory: { totalKib: 8, usedKib: 4, freeKib: 4, swappedKib: 0, sharedKib: 1 },
    load: { one: 1, five: 2, fifteen: 3 },
    networks: new Map([['eno1', { receivedBytes: 1000, sentBytes: 500 }]]),
    disk: { usedBytes: 1, availableBytes: 2, usedPercent: 33, partitions: [] },
    uptime: { text: '0d 1h' },
    system: { kernelName: 'Linux', kernelRelease: '6', machine: 'x86_64', system: 'GNU/Linux' },
    capabilities: { virtualisation: true },
  };
  const machine = (seconds: number, bytes: number) => ({
    uuid: UUID,
    name: 'one',
    state: 'running' as const,
    cpuTimeNs: BigInt(seconds * 1e9),
    balloon: { currentKiB: 1024, maximumKiB: 2048, residentKiB: 1100, unusedKiB: undefined },
    vcpus: [
      { index: 0, timeNs: 0n },
      { index: 1, timeNs: 0n },
    ],
    interfaces: undefined,
    blocks: [
      {
        name: 'vda',
        path: undefined,
        readRequests: 0,
        readBytes: bytes,
        writeRequests: 0,
        writeBytes: 0,
        allocationBytes: undefined,
        capacityBytes: undefined,
        physicalBytes: undefined,
      },
    ],
  });
  const at = (atMs: number, one: ReturnType<typeof machine>, more: Partial<typeof host> = {}) => ({
    atMs,
    host: { ...host, ...more },
    machines: new Map([[UUID, machineReading(one)]]),
  });

  it('is told in rates and percentages, of the machine’s own CPUs', () => {
    const networks = new Map([['eno1', { receivedBytes: 3000, sentBytes: 400 }]]);
    const sample = sampleOf(
      at(10_000, machine(5, 100)),
      at(12_000, machine(6, 1101), { cpu: { idle: 175, total: 300 }, networks }),
    );
    expect(sample).toMatchObject({
      atMs: 12_000,
      intervalMs: 2000,
      // A counter that went backwards began anew.
      hypervisors: [
        {
          cpuPercent: 25,
          memoryUsedBytes: 4096,
          networks: [{ name: 'eno1', receivedBytesPerSecond: 1000, sentBytesPerSecond: 0 }],
        },
      ],
      machines: [
        {
          uuid: UUID,
          cpuPercent: 25,
          memoryTotalBytes: 1_048_576,
          memoryUsedBytes: 1_048_576,
          blockReadBytesPerSecond: 500.5,
        },
      ],
    });
  });

  it('is not known of a machine that was not there before, and that is said', () => {
    const before = { ...at(10_000, machine(5, 100)), machines: new Map() };
    const sample = sampleOf(before, at(12_000, machine(6, 1101)));
    expect(sample).toMatchObject({ intervalMs: 2000, machines: [{ uuid: UUID, isFirst: true }] });
  });

  it('is nothing without an earlier one, and after a machine began anew', () => {
    const first = sampleOf(undefined, at(10_000, machine(5, 100)));
    expect(first).not.toHaveProperty('intervalMs');
    expect(first.machines[0]).toMatchObject({ isFirst: true });
    const anew = sampleOf(at(10_000, machine(5, 100)), at(11_000, machine(1, 10)));
    expect(anew.machines[0]).not.toHaveProperty('isFirst');
    for (const { machines } of [first, anew]) {
      expect(machines[0]).toMatchObject({ cpuPercent: 0, blockReadBytesPerSecond: 0 });
    }
  });
});
