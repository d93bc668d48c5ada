import { entityId, type Entity, type EntityId } from '../../core/domain/entity.ts';
import { announcedNamespaces } from '../../core/protocol/all-actions.ts';
import { parseJid, type BareJid } from '../../core/domain/jid.ts';

export function bare(text: string): BareJid {
  const jid = parseJid(text);
  if (!jid) throw new Error(`not a JID: ${text}`);
  return jid.bare;
}

export const FAKE_ACCOUNT = bare('admin@archipel.test');
export const FAKE_NOW = Date.UTC(2026, 10, 22, 17, 3, 4);
const HOUR = 3_600_000;

export function fakeId(jid: string): EntityId {
  return entityId(FAKE_ACCOUNT, bare(jid));
}

/** An entity with nothing special about it. */
export function fakeEntity(jid: string, changes: Partial<Entity> = {}): Entity {
  return {
    id: fakeId(jid),
    account: FAKE_ACCOUNT,
    jid: bare(jid),
    kind: 'virtualmachine',
    name: bare(jid).split('@')[0] ?? jid,
    groups: [],
    subscription: 'both',
    pending: false,
    state: 'running',
    status: 'Running',
    since: FAKE_NOW - 30 * HOUR,
    resource: 'atoll-01',
    tags: [],
    permissions: 'all',
    stale: false,
    unread: 0,
    ...changes,
  };
}

type Machine = readonly [name: string, state: Entity['state'], tags: readonly string[]];

const HOSTS: Readonly<Record<string, readonly [site: string, machines: readonly Machine[]]>> = {
  'atoll-01': [
    'Paris',
    [
      ['web-01', 'running', ['production', 'web']],
      ['web-02', 'running', ['production', 'web']],
      ['db-primary', 'running', ['production', 'database']],
      ['db-replica', 'running', ['database']],
      ['mail', 'migrating', ['production']],
      ['build-agent-3', 'paused', ['ci']],
      ['template-debian-12', 'off', ['template']],
    ],
  ],
  'atoll-02': [
    'Paris',
    [
      ['cache-01', 'running', ['production']],
      ['worker-07', 'crashed', ['production']],
      ['worker-08', 'running', []],
      ['worker-09', 'running', []],
      ['worker-10', 'off', []],
    ],
  ],
  'atoll-03': [
    'Paris',
    [
      ['staging-web', 'shutting-down', ['staging']],
      ['staging-db', 'running', ['staging']],
      ['sandbox', 'undefined', []],
    ],
  ],
  lagoon: [
    'Lyon',
    [
      ['backup', 'running', ['production']],
      ['vpn-gateway', 'running', ['production']],
      ['monitoring', 'running', []],
      ['registry', 'busy', []],
      ['old-wiki', 'offline', []],
    ],
  ],
};

const STATUS: Partial<Record<Entity['state'], string>> = {
  running: 'Running',
  paused: 'Paused',
  off: 'Off',
  undefined: 'Not defined',
  crashed: 'Crashed',
  migrating: 'Migrating - 62%',
  busy: 'Converting a disk...',
  'shutting-down': 'Shutting down...',
};

const OUR_FEATURES = announcedNamespaces('hypervisor');

/** The same machine has the same UUID in every run. */
function uuidOf(index: number): string {
  const tail = (0x9b04 + index * 7919).toString(16).padStart(12, '0');
  return `f3a1c2d0-4b5e-4c6f-8a7b-${tail}`;
}

function machinesOf(host: string, first: number, machines: readonly Machine[]): Entity[] {
  return machines.map(([name, state, tags], at) =>
    fakeEntity(`${uuidOf(first + at)}@archipel.test`, {
      name,
      state,
      tags,
      status: STATUS[state] ?? '',
      groups: ['All Virtual Machines'],
      hypervisor: fakeId(`${host}@archipel.test`),
      since: FAKE_NOW - (at + 1) * 7 * HOUR,
      vcard: {
        organisation: 'Reef Ltd',
        unit: 'Platform',
        locality: 'Paris',
        owner: 'ada@reef.test',
      },
      agent: { generation: 'ours', version: '0.1.0', features: OUR_FEATURES },
      ...(state === 'migrating' ? { progress: 62 } : {}),
      ...(name === 'worker-07' ? { fault: 'Start failed: not enough memory.' } : {}),
      ...(name === 'cache-01' ? { unread: 2 } : {}),
    }),
  );
}

/** Four hypervisors in two sites with their virtual machines, and two people. */
export function fakeFleet(): readonly Entity[] {
  let count = 0;
  const hosts = Object.entries(HOSTS).flatMap(([name, [site, machines]]) => {
    const host = fakeEntity(`${name}@archipel.test`, {
      name,
      kind: 'hypervisor',
      state: 'available',
      status: `Online (${machines.length})`,
      groups: [site],
      agent: { generation: 'ours', version: '0.1.0', features: OUR_FEATURES },
    });
    const children = machinesOf(name, count, machines);
    count += machines.length;
    return [host, ...children];
  });
  return [
    ...hosts,
    fakeEntity('operator@archipel.test', { kind: 'user', state: 'available', status: '' }),
    fakeEntity('auditor@archipel.test', { kind: 'user', state: 'away', status: 'In a meeting' }),
  ];
}

/** As many machines as one wants, twenty to a hypervisor. */
export function fakeFleetOf(hosts: number, machines: number): readonly Entity[] {
  return Array.from({ length: hosts }, (_, host) => {
    const jid = `host-${host}@archipel.test`;
    const site = `Site ${host % 10}`;
    const parent = fakeEntity(jid, { kind: 'hypervisor', state: 'available', groups: [site] });
    const children = Array.from({ length: machines }, (__, at) =>
      fakeEntity(`vm-${host}-${at}@archipel.test`, {
        hypervisor: fakeId(jid),
        state: (host + at) % 3 === 0 ? 'off' : 'running',
        tags: at % 5 === 0 ? ['production'] : [],
      }),
    );
    return [parent, ...children];
  }).flat();
}
