import { decode } from 'fast-png';
import { describe, expect, it } from 'vitest';
import { readDefinition } from '../../../agent/hypervisor/simulated/definition.ts';
import { avatarPng } from '../../../demo/world/avatar.ts';
import { makeWorld } from '../../../demo/world/fleet.ts';
import { type HappeningStep, happenings } from '../../../demo/world/happenings.ts';
import { simulatedHost } from '../../../demo/world/simulated-host.ts';
import { expectOk } from '../../support/expect-result.ts';

const ISLANDS = makeWorld({ seed: 1 });
const MACHINES = ISLANDS.hosts.flatMap((host) => host.machines);

function first(count: number, seed: number): HappeningStep[] {
  const steps = happenings(ISLANDS, seed);
  return Array.from({ length: count }, () => steps.next().value as HappeningStep);
}

describe('the built-in world', () => {
  it('has the hosts and machines of the pictures', () => {
    const names = ISLANDS.hosts.map(({ name, site, machines }) => {
      return `${site} ${name}: ${machines.map((machine) => machine.name).join(' ')}`;
    });
    expect(names).toEqual([
      'Paris atoll-01: web-01 web-02 db-primary db-replica mail build-agent-3 build-agent-4 git template-debian-12',
      'Paris atoll-02: cache-01 worker-07 worker-08 worker-09 worker-10 queue-01',
      'Paris atoll-03: dns-01 proxy-01',
      'Lyon lagoon: backup vpn-gateway monitoring',
    ]);
  });

  it('gives every machine a UUID of its own, in the form of a random one', () => {
    const uuids = MACHINES.map(({ uuid }) => uuid);
    expect(new Set(uuids).size).toBe(20);
    const form = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
    expect(uuids.filter((uuid) => !form.test(uuid))).toEqual([]);
  });

  it('runs no more on a host than there is memory for', () => {
    const full = ISLANDS.hosts.filter(({ machines, memoryGib }) => {
      const up = machines.filter(({ state }) => state !== 'off' && state !== 'crashed');
      const wanted = up.reduce((sum, { memoryMib }) => sum + memoryMib, 0);
      return wanted > memoryGib * 1024;
    });
    expect(full).toEqual([]);
  });

  it('describes machines so that the simulated hypervisor takes them', () => {
    const read = ISLANDS.hosts.flatMap((host) =>
      simulatedHost(host).domains.map(({ xml }) => expectOk(readDefinition(xml, () => 0))),
    );
    expect(read.map(({ name, uuid, memoryKiB }) => [name, uuid, memoryKiB / 1024])).toEqual(
      MACHINES.map(({ name, uuid, memoryMib }) => [name, uuid, memoryMib]),
    );
  });
});

describe('a world of a given size', () => {
  it('is the same for the same seed, and another for another', () => {
    const size = { hypervisors: 3, machines: 4 };
    expect(makeWorld({ ...size, seed: 5 })).toEqual(makeWorld({ ...size, seed: 5 }));
    expect(makeWorld({ ...size, seed: 5 })).not.toEqual(makeWorld({ ...size, seed: 6 }));
  });

  it('has as many hosts and machines as it was asked for', () => {
    const { hosts } = makeWorld({ hypervisors: 30, machines: 7, seed: 1 });
    expect([hosts.length, new Set(hosts.map(({ machines }) => machines.length))]).toEqual([
      30,
      new Set([7]),
    ]);
    const uuids = hosts.flatMap(({ machines }) => machines.map(({ uuid }) => uuid));
    expect(new Set(uuids).size).toBe(210);
  });
});

describe('what happens', () => {
  it('is the same for the same seed', () => {
    expect(first(40, 9)).toEqual(first(40, 9));
    expect(first(40, 9)).not.toEqual(first(40, 10));
  });

  it('befalls only machines that nobody would miss, and only what their state allows', () => {
    const byUuid = new Map(MACHINES.map((machine) => [machine.uuid, machine]));
    const states = new Map(MACHINES.map(({ uuid, state }) => [uuid, state as string]));
    const allowed: Readonly<Record<string, readonly string[]>> = {
      crash: ['running'],
      pause: ['running'],
      resume: ['paused'],
      shutdown: ['running', 'paused'],
      start: ['off', 'crashed'],
    };
    const after: Readonly<Record<string, string>> = {
      crash: 'crashed',
      pause: 'paused',
      resume: 'running',
      shutdown: 'off',
      start: 'running',
    };
    for (const { uuid, what, afterMs } of first(500, 2)) {
      expect(allowed[what]).toContain(states.get(uuid));
      expect(byUuid.get(uuid)!.tags).toEqual(
        expect.arrayContaining([expect.stringMatching(/^(batch|build)$/)]),
      );
      expect(afterMs).toBeGreaterThanOrEqual(15_000);
      states.set(uuid, after[what]!);
    }
    expect(new Set(first(500, 2).map(({ what }) => what)).size).toBe(5);
  });
});

describe('an avatar', () => {
  it('is a small picture that mirrors itself, the same for the same name', () => {
    const png = avatarPng('web-01');
    const { width, height, data } = decode(png);
    expect([width, height, png.length < 2000]).toEqual([48, 48, true]);
    const row = Array.from({ length: 48 }, (_, x) => data[(10 * 48 + x) * 4 + 3]);
    expect(row).toEqual([...row].reverse());
    expect(avatarPng('web-01')).toEqual(png);
    expect(avatarPng('web-02')).not.toEqual(png);
  });
});
