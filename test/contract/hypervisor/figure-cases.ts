import { expect, it } from 'vitest';
import { STATISTICS_GROUPS } from '../../../agent/hypervisor/statistics.ts';
import { numberOf, rootOf, valueOf, type Bench } from './bench.ts';
import type { Expected } from './subject.ts';

const MEMORY_KIB = 32_768;

/** Memory, CPUs, counters and pictures. */
export function figureCases(bench: Bench, expected: Expected): void {
  it('describes the machine beneath', async () => {
    const { hypervisor } = bench.subject;
    const node = valueOf(await hypervisor.nodeInfo());
    expect(Object.values(node).every((value) => value !== 0 && value !== '')).toEqual(true);
    expect(rootOf(valueOf(await hypervisor.capabilities()))).toEqual('capabilities');
  });

  it('tells what a domain has, off and running', async () => {
    const { domains, names } = await bench.defined();
    const size = { maxMemoryKiB: MEMORY_KIB, memoryKiB: MEMORY_KIB, vcpus: 1, hasCrashed: false };
    const off = valueOf(await domains.info(names.uuid));
    expect(off).toEqual({ ...size, state: 'shutoff', cpuTimeNs: off.cpuTimeNs });
    valueOf(await domains.create(names.uuid));
    const running = valueOf(await domains.info(names.uuid));
    expect(running).toEqual({ ...size, state: 'running', cpuTimeNs: running.cpuTimeNs });
  });

  it('changes the memory a guest has now, up to its limit', async () => {
    const { domains, names } = await bench.running();
    valueOf(await domains.setMemory(names.uuid, MEMORY_KIB / 2, 'live'));
    const { memoryKiB } = valueOf(await domains.info(names.uuid));
    expect(memoryKiB).toEqual(expected.hasBalloon ? MEMORY_KIB / 2 : MEMORY_KIB);
    expect([
      numberOf(await domains.setMemory(names.uuid, MEMORY_KIB * 2, 'live')),
      numberOf(await domains.setMaxMemory(names.uuid, MEMORY_KIB * 2, 'live')),
      numberOf(await domains.setMemory(names.uuid, 1.5, 'live')),
      numberOf(await domains.setMemory(names.uuid, 0, 'live')),
    ]).toEqual([8, 55, 8, 8]);
  });

  it('changes what a guest starts with', async () => {
    const { domains, names } = await bench.defined();
    valueOf(await domains.setMaxMemory(names.uuid, MEMORY_KIB * 2, 'config'));
    valueOf(await domains.setMemory(names.uuid, MEMORY_KIB / 2, 'config'));
    valueOf(await domains.setVcpus(names.uuid, 2, 'config'));
    expect(numberOf(await domains.setMemory(names.uuid, MEMORY_KIB, 'live'))).toEqual(55);
    const info = valueOf(await domains.info(names.uuid));
    expect([info.maxMemoryKiB, info.memoryKiB, info.vcpus]).toEqual([
      MEMORY_KIB * 2,
      MEMORY_KIB / 2,
      2,
    ]);
  });

  it('plugs in a CPU, up to the limit', async () => {
    const { domains, names } = await bench.running();
    valueOf(await domains.setVcpus(names.uuid, 2, 'live'));
    expect(valueOf(await domains.info(names.uuid)).vcpus).toEqual(2);
    expect(numberOf(await domains.setVcpus(names.uuid, 3, 'live'))).toEqual(8);
  });

  it('takes a picture of the screen', async () => {
    const { domains, names } = await bench.booted();
    const { mime, data } = valueOf(await domains.screenshot(names.uuid));
    expect([mime, Buffer.from(data.subarray(1, 4)).toString('latin1')]).toEqual([
      'image/png',
      'PNG',
    ]);
  });

  it('counts what goes through an interface, and knows no other', async () => {
    const { domains, names } = await bench.running();
    const counters = await domains.interfaceStats(names.uuid, expected.interfaceDevice ?? 'vnet0');
    if (expected.interfaceDevice === undefined) expect(numberOf(counters)).toEqual(8);
    else expect(Object.values(valueOf(counters)).every(Number.isSafeInteger)).toEqual(true);
    expect(numberOf(await domains.interfaceStats(names.uuid, 'nosuch0'))).toEqual(8);
  });

  it('has the groups of statistics that it says, and refuses the others', async () => {
    const { domains } = await bench.running();
    const groups: Record<string, unknown> = {};
    for (const group of STATISTICS_GROUPS) {
      const answer = await domains.statistics([group]);
      groups[group] = answer.ok ? 'ok' : { ...answer.error, message: '' };
    }
    const lacking = STATISTICS_GROUPS.filter((group) => !expected.statistics.includes(group));
    expect(groups).toEqual({
      ...Object.fromEntries(expected.statistics.map((group) => [group, 'ok'])),
      ...Object.fromEntries(
        lacking.map((group) => [
          group,
          { code: 'unsupported', what: `statistics.${group}`, number: 74, message: '' },
        ]),
      ),
    });
  });

  it('has in its statistics what was asked for, and nothing else', async () => {
    const { domains, names } = await bench.running();
    const all = valueOf(await domains.statistics(expected.statistics));
    const one = all.find(({ uuid }) => uuid === names.uuid)!;
    const has = {
      state: one.state,
      cpu: one.cpuTimeNs,
      balloon: one.balloon,
      vcpu: one.vcpus,
      interface: one.interfaces,
      block: one.blocks,
    };
    const present = STATISTICS_GROUPS.filter((group) => has[group] !== undefined);
    expect([one.state, present]).toEqual(['running', expected.statistics]);
  });

  it('keeps the sizes of a domain that is off in its statistics', async () => {
    const { domains, names } = await bench.defined();
    const all = valueOf(await domains.statistics(expected.statistics));
    const one = all.find(({ uuid }) => uuid === names.uuid)!;
    const hasAll = expected.statistics.length > 1;
    const traffic = one.blocks?.map(({ readBytes, writeBytes }) => readBytes + writeBytes);
    expect({ ...one, blocks: traffic }).toEqual({
      cpuTimeNs: one.cpuTimeNs,
      ...names,
      state: 'shutoff',
      balloon: hasAll
        ? {
            currentKiB: MEMORY_KIB,
            maximumKiB: MEMORY_KIB,
            residentKiB: undefined,
            unusedKiB: undefined,
          }
        : undefined,
      vcpus: hasAll ? [] : undefined,
      interfaces: undefined,
      blocks: hasAll ? [0] : undefined,
    });
  });
}
