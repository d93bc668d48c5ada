import { describe, expect, it } from 'vitest';
import { readStatistics } from '../../../../../agent/hypervisor/libvirt/statistics-record.ts';
import type { ParameterValue } from '../../../../../agent/hypervisor/libvirt/wire-types.ts';

const domain = { name: 'web', uuid: '11111111-2222-4333-8444-555555555555', id: 7 };

function read(parameters: Readonly<Record<string, ParameterValue>>) {
  const list = Object.entries(parameters).map(([field, value]) => ({ field, value }));
  return readStatistics({ domain, parameters: list });
}

const NOTHING = {
  uuid: domain.uuid,
  name: 'web',
  state: undefined,
  cpuTimeNs: undefined,
  balloon: undefined,
  vcpus: undefined,
  interfaces: undefined,
  blocks: undefined,
};

describe('readStatistics', () => {
  it('reads all that QEMU answers', () => {
    expect(
      read({
        'state.state': 1,
        'cpu.time': 2n ** 60n,
        'balloon.current': 1024n,
        'balloon.maximum': 2048n,
        'balloon.rss': 900n,
        'balloon.unused': 100n,
        'vcpu.current': 1,
        'vcpu.maximum': 2,
        'vcpu.0.time': 5n,
        'net.count': 1,
        'net.0.name': 'vnet0',
        'net.0.rx.bytes': 1n,
        'net.0.rx.pkts': 2n,
        'net.0.rx.errs': 3n,
        'net.0.rx.drop': 4n,
        'net.0.tx.bytes': 5n,
        'net.0.tx.pkts': 6n,
        'net.0.tx.errs': 7n,
        'net.0.tx.drop': 8n,
        'block.count': 1,
        'block.0.name': 'vda',
        'block.0.path': '/d.qcow2',
        'block.0.rd.reqs': 1n,
        'block.0.rd.bytes': 2n,
        'block.0.wr.reqs': 3n,
        'block.0.wr.bytes': 4n,
        'block.0.allocation': 5n,
        'block.0.capacity': 6n,
        'block.0.physical': 7n,
      }),
    ).toEqual({
      uuid: domain.uuid,
      name: 'web',
      state: 'running',
      cpuTimeNs: 2n ** 60n,
      balloon: { currentKiB: 1024, maximumKiB: 2048, residentKiB: 900, unusedKiB: 100 },
      vcpus: [{ index: 0, timeNs: 5n }],
      interfaces: [
        {
          name: 'vnet0',
          rxBytes: 1,
          rxPackets: 2,
          rxErrors: 3,
          rxDropped: 4,
          txBytes: 5,
          txPackets: 6,
          txErrors: 7,
          txDropped: 8,
        },
      ],
      blocks: [
        {
          name: 'vda',
          path: '/d.qcow2',
          readRequests: 1,
          readBytes: 2,
          writeRequests: 3,
          writeBytes: 4,
          allocationBytes: 5,
          capacityBytes: 6,
          physicalBytes: 7,
        },
      ],
    });
  });

  it('has nothing of what was not answered', () => {
    expect(read({})).toEqual(NOTHING);
  });

  it('is not led astray by counts without entries and values of the wrong kind', () => {
    expect(
      read({ 'state.state': 'running', 'net.count': 4_000_000_000, 'block.count': 'many' }),
    ).toEqual({ ...NOTHING, interfaces: [] });
  });

  it('takes a state that only a newer libvirt knows for none', () => {
    expect(read({ 'state.state': 42 }).state).toEqual('nostate');
  });
});
