import { decode } from 'fast-png';
import { describe, expect, it } from 'vitest';
import type { DomainEvent } from '../../../../../agent/hypervisor/domain-event.ts';
import { ManualClock } from '../../../../../agent/hypervisor/simulated/manual-clock.ts';
import { SimulatedHypervisor } from '../../../../../agent/hypervisor/simulated/simulated-hypervisor.ts';
import type { SimulatedDomainDescription } from '../../../../../agent/hypervisor/simulated/world.ts';
import { STATISTICS_GROUPS } from '../../../../../agent/hypervisor/statistics.ts';

const UUID = '11111111-2222-4333-8444-555555555555';
const NODE = {
  model: 'x86_64',
  memoryKiB: 65_536_000,
  cpus: 16,
  mhz: 2900,
  numaNodes: 1,
  sockets: 1,
  coresPerSocket: 8,
  threadsPerCore: 2,
};
const XML =
  `<domain type='kvm'><!-- kept --><name>web</name><uuid>${UUID}</uuid><memory unit='GiB'>2</memory>` +
  `<vcpu current='2'>4</vcpu><os><type>hvm</type></os><devices>` +
  `<disk type='file' device='disk'><source file='/web.qcow2'/><target dev='vda'/></disk>` +
  `<interface type='network'><source network='default'/></interface></devices></domain>`;

interface Options {
  readonly seed?: number;
  readonly latencyMs?: number;
  readonly domain?: Partial<SimulatedDomainDescription>;
}

async function begin({ seed = 1, latencyMs = 0, domain = {} }: Options = {}) {
  const clock = new ManualClock(1_700_000_000_000);
  const hypervisor = new SimulatedHypervisor({
    world: {
      hostname: 'ams-01',
      node: NODE,
      domains: [{ xml: XML, state: 'running', uptimeMs: 3_600_000, ...domain }],
    },
    seed,
    clock,
    latencyMs,
    onThrown: (cause) => {
      throw cause;
    },
  });
  const events: string[] = [];
  hypervisor.domains.onEvent(({ event, detail }: DomainEvent) => events.push(`${event} ${detail}`));
  await hypervisor.connect();
  return { clock, hypervisor, events, domains: hypervisor.domains };
}

async function figuresAfter(seed: number, steps: readonly number[]): Promise<unknown> {
  const { clock, domains } = await begin({ seed });
  for (const step of steps) clock.step(step);
  return domains.statistics(STATISTICS_GROUPS);
}

describe('SimulatedHypervisor', () => {
  it('has the same figures for the same seed and time, however the time passed', async () => {
    const once = await figuresAfter(1, [60_000]);
    expect(await figuresAfter(1, [1, 59_000, 999])).toEqual(once);
    expect(await figuresAfter(2, [60_000])).not.toEqual(once);
  });

  it('has counters that rise while a domain runs and stand still while it is paused', async () => {
    const { clock, domains } = await begin();
    const cpu = async (): Promise<bigint> => {
      const info = await domains.info(UUID);
      return info.ok ? info.value.cpuTimeNs : -1n;
    };
    const first = await cpu();
    clock.step(10_000);
    const second = await cpu();
    await domains.suspend(UUID);
    clock.step(10_000);
    const paused = await cpu();
    await domains.resume(UUID);
    clock.step(10_000);
    expect([first < second, second === paused, paused < (await cpu())]).toEqual([true, true, true]);
  });

  it('never uses more than its CPUs can give', async () => {
    const { clock, domains } = await begin();
    const before = await domains.info(UUID);
    clock.step(60_000);
    const after = await domains.info(UUID);
    const used = after.ok && before.ok ? after.value.cpuTimeNs - before.value.cpuTimeNs : 0n;
    expect(used > 0n && used < 2n * 60_000_000_000n).toEqual(true);
  });

  it('keeps its counters when CPUs come and go', async () => {
    const { clock, domains } = await begin();
    const cpu = async (): Promise<bigint> => {
      const info = await domains.info(UUID);
      return info.ok ? info.value.cpuTimeNs : -1n;
    };
    const before = await cpu();
    await domains.setVcpus(UUID, 4, 'live');
    const more = await cpu();
    clock.step(5000);
    const later = await cpu();
    await domains.setVcpus(UUID, 1, 'live');
    expect([more === before, later > more, (await cpu()) === later]).toEqual([true, true, true]);
  });

  it('shuts a guest down after its time, in two steps', async () => {
    const { clock, domains, events } = await begin({ domain: { shutdownMs: 2000 } });
    await domains.shutdown(UUID);
    clock.step(1999);
    expect(events).toEqual([]);
    clock.step(1);
    const ending = await domains.info(UUID);
    expect([events, ending.ok && ending.value.state]).toEqual([['shutdown guest'], 'shutdown']);
    clock.step(1000);
    expect(events).toEqual(['shutdown guest', 'stopped shutdown']);
  });

  it('shuts a paused guest down when it runs again', async () => {
    const { clock, domains, events } = await begin({ domain: { shutdownMs: 1000 } });
    await domains.suspend(UUID);
    await domains.shutdown(UUID);
    clock.step(10_000);
    await domains.resume(UUID);
    clock.step(1000);
    expect(events).toEqual([
      'suspended paused',
      'resumed unpaused',
      'shutdown guest',
      'stopped shutdown',
    ]);
  });

  it('has guests that never listen', async () => {
    const { clock, domains, events } = await begin({ domain: { shutdownMs: undefined } });
    await domains.shutdown(UUID);
    clock.step(3_600_000);
    expect(events).toEqual([]);
  });

  it('crashes and kills guests on request', async () => {
    const { hypervisor, domains, events } = await begin();
    hypervisor.faults.crashGuest(UUID);
    await domains.create(UUID);
    hypervisor.faults.killGuest(UUID);
    expect(events).toEqual([
      'crashed panicked',
      'stopped crashed',
      'resumed unpaused',
      'started booted',
      'stopped failed',
    ]);
    expect(hypervisor.faults.killGuest(UUID).ok).toEqual(false);
  });

  it('answers after its latency', async () => {
    const { clock, domains } = await begin({ latencyMs: 40 });
    let answered = false;
    const answer = domains.list().then(() => (answered = true));
    clock.step(39);
    await Promise.resolve();
    expect(answered).toEqual(false);
    clock.step(1);
    await answer;
    expect(answered).toEqual(true);
  });

  it('lets a call fail before or after it acted, once', async () => {
    const { hypervisor, domains } = await begin();
    const error = {
      code: 'libvirt',
      number: 38,
      domain: 0,
      level: 2,
      message: 'disk full',
    } as const;
    const state = async (): Promise<unknown> => {
      const info = await domains.info(UUID);
      return info.ok && info.value.state;
    };
    hypervisor.faults.failNext('suspend', error, 'before');
    expect([await domains.suspend(UUID), await state()]).toEqual([{ ok: false, error }, 'running']);
    hypervisor.faults.failNext('suspend', error, 'after');
    expect([await domains.suspend(UUID), await state()]).toEqual([{ ok: false, error }, 'paused']);
    expect(await domains.resume(UUID)).toEqual({ ok: true, value: undefined });
  });

  it('loses an answer, but not the act, when the daemon goes meanwhile', async () => {
    const { clock, hypervisor, domains } = await begin({ latencyMs: 40 });
    const answer = domains.suspend(UUID);
    hypervisor.faults.loseDaemon();
    clock.step(40);
    const lost = await answer;
    expect(lost.ok ? 'ok' : lost.error.code).toEqual('disconnected');
    hypervisor.faults.returnDaemon();
    const listed = domains.list();
    clock.step(40);
    const all = await listed;
    expect(all.ok && all.value[0]?.state).toEqual('paused');
  });

  it('lets guests live on without a daemon, and does not tell', async () => {
    const { hypervisor, domains, events } = await begin();
    hypervisor.faults.loseDaemon();
    hypervisor.faults.crashGuest(UUID);
    hypervisor.faults.returnDaemon();
    const listed = await domains.list();
    expect([events, listed.ok && listed.value[0]?.state]).toEqual([[], 'shutoff']);
  });

  it('keeps what it does not know in a definition', async () => {
    const { domains } = await begin();
    await domains.setMemory(UUID, 1_048_576, 'live');
    const live = await domains.getXml(UUID);
    const inactive = await domains.getXml(UUID, { inactive: true });
    const device = /<target dev=['"](vnet\d+)['"]/.exec(live.ok ? live.value : '')?.[1];
    expect([
      live.ok && live.value.includes('<!-- kept -->'),
      live.ok && /<domain [^>]*id=['"]1['"]/.test(live.value),
      live.ok && live.value.includes('>1048576</currentMemory>'),
      inactive.ok && /id=|vnet/.test(inactive.value),
      device,
    ]).toEqual([true, true, true, false, 'vnet0']);
  });

  it('draws what its guest shows', async () => {
    const { clock, hypervisor, domains } = await begin({ domain: { screen: ['Welcome to web'] } });
    const shot = await domains.screenshot(UUID);
    const picture = decode(shot.ok ? shot.value.data : new Uint8Array(0));
    expect([picture.width, picture.height, picture.data.some((point) => point > 0)]).toEqual([
      640,
      400,
      true,
    ]);
    expect(hypervisor.screenLines(UUID)?.[0]).toEqual('Welcome to web');
    clock.step(3_600_000);
    expect(await domains.screenshot(UUID)).not.toEqual(shot);
  });

  it('refuses a world it cannot use', async () => {
    await expect(begin({ domain: { xml: '<domain/>' } })).rejects.toThrow(/unusable domain/);
  });
});
