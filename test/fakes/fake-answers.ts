import type { Query, QueryState } from '../../core/contract/queries.ts';
import type { Entity } from '../../core/domain/entity.ts';
import { FAKE_NOW } from './fake-entities.ts';

const GIB = 1024 * 1024;

function vmInfo(entity: Entity): unknown {
  if (entity.state === 'undefined') return undefined;
  return {
    state: entity.state === 'running' ? 1 : 5,
    maxMemoryKib: 12 * GIB,
    memoryKib: 8 * GIB,
    vcpus: 4,
    cpuPercent: entity.state === 'running' ? 38 : 0,
    autostart: true,
  };
}

function interfaces(): unknown {
  const counters = { receiveErrors: 0, receiveDrops: 3, sendErrors: 0, sendDrops: 0 };
  return [
    {
      ...counters,
      name: 'net0',
      receivedBytes: 92_331_008,
      receivedPackets: 120_331,
      sentBytes: 31_220_118,
      sentPackets: 80_112,
    },
  ];
}

function health(): unknown {
  return {
    memory: {
      totalKib: 64 * GIB,
      usedKib: 41 * GIB,
      freeKib: 23 * GIB,
      swappedKib: 0,
      sharedKib: 512,
    },
    cpu: { idlePercent: 54 },
    disk: {
      usedBytes: 812_000_000_000,
      availableBytes: 1_188_000_000_000,
      usedPercent: 41,
      partitions: [],
    },
    networks: [],
    load: { one: 1.42, five: 1.2, fifteen: 0.93 },
    uptime: { text: '12d 4h' },
    system: { kernelName: 'Linux', kernelRelease: '6.1.0-26-amd64', machine: 'x86_64', system: '' },
    libvirt: { major: 9, minor: 9000, release: 0 },
    driver: { major: 7, minor: 7002, release: 0 },
    capabilities: { virtualisation: true },
  };
}

function domainsOf(host: Entity, fleet: readonly Entity[]): unknown {
  const managed = fleet
    .filter(({ hypervisor }) => hypervisor === host.id)
    .map(({ jid, name }) => ({ jid: `${jid}/${host.name}`, isManaged: true, name }));
  return [
    ...managed,
    {
      jid: '0d5f5b6e-7a44-4c53-9d1c-2b7e6f1a9c01@archipel.test',
      isManaged: false,
      name: 'legacy-erp',
    },
    {
      jid: '2c9b2b3f-1f0e-4a6a-8f0b-77a0c9d6e102@archipel.test',
      isManaged: false,
      name: 'vagrant_test',
    },
  ];
}

/** What the fleet's agents answer to the questions that panels ask. */
export function fakeAnswer(query: Query, fleet: readonly Entity[]): QueryState {
  const entity = fleet.find(({ id }) => id === query.entity);
  if (!entity) return { name: 'failed', error: { code: 'offline', entity: query.entity } };
  const answers: Readonly<Record<string, () => unknown>> = {
    'archipel:vm:control info': () => vmInfo(entity),
    'archipel:vm:control networkinfo': interfaces,
    'archipel:vm:control screenshot': () => undefined,
    'archipel:hypervisor:health info': health,
    'archipel:hypervisor:control rostervm': () => domainsOf(entity, fleet),
  };
  const answer = answers[`${query.namespace} ${query.action}`];
  if (!answer) {
    const { namespace, action } = query;
    const error = { code: 'unsupported' as const, entity: entity.name, namespace, action };
    return { name: 'unsupported', error };
  }
  return { name: 'ready', value: answer(), at: FAKE_NOW };
}
