import { uuidOf, workloadOf } from './identity.ts';
import type { Host, Machine, MachineState, Person, World } from './world.ts';

const DEBIAN = 'Debian 12';

interface Sketch {
  readonly tags: readonly string[];
  readonly owner: string;
  readonly unit: string;
  readonly cpu: number;
  readonly memoryGib: number;
  readonly vcpus: number;
  readonly state?: MachineState;
  readonly uuid?: string;
  readonly diskGib?: number;
  readonly uptimeHours?: number;
  readonly operatingSystem?: string;
  readonly keyboard?: string;
}

function machine(name: string, sketch: Sketch): Machine {
  const { state = 'running', diskGib = 40, operatingSystem = DEBIAN } = sketch;
  return {
    name,
    uuid: sketch.uuid ?? uuidOf(name),
    state,
    tags: sketch.tags,
    owner: `${sketch.owner}@archipel.test`,
    unit: sketch.unit,
    operatingSystem,
    keyboard: sketch.keyboard ?? 'us',
    memoryMib: sketch.memoryGib * 1024,
    maxMemoryMib: sketch.memoryGib * 1536,
    vcpus: sketch.vcpus,
    maxVcpus: sketch.vcpus * 2,
    diskGib,
    uptimeHours: sketch.uptimeHours ?? 292,
    workload: workloadOf(name, sketch.cpu),
  };
}

const WEB = { owner: 'operator', unit: 'Shop' };
const DATA = { owner: 'dba', unit: 'Data' };
const BUILD = { owner: 'build', unit: 'Engineering' };
const OFFICE = { owner: 'operator', unit: 'Office' };

const ATOLL_01: readonly Machine[] = [
  machine('web-01', {
    ...WEB,
    uuid: 'f3a1c2d8-41e7-4c0b-9a52-7d60e81f9b04',
    tags: ['production', 'web'],
    cpu: 0.38,
    memoryGib: 8,
    vcpus: 4,
  }),
  machine('web-02', { ...WEB, tags: ['production', 'web'], cpu: 0.41, memoryGib: 8, vcpus: 4 }),
  machine('db-primary', {
    ...DATA,
    tags: ['production', 'database'],
    cpu: 0.48,
    memoryGib: 32,
    vcpus: 8,
    diskGib: 400,
  }),
  machine('db-replica', {
    ...DATA,
    tags: ['production', 'database'],
    cpu: 0.23,
    memoryGib: 32,
    vcpus: 8,
    diskGib: 400,
  }),
  machine('mail', {
    ...OFFICE,
    tags: ['production', 'office'],
    cpu: 0.12,
    memoryGib: 4,
    vcpus: 2,
    state: 'migrating',
  }),
  machine('build-agent-3', {
    ...BUILD,
    tags: ['build'],
    cpu: 0.3,
    memoryGib: 16,
    vcpus: 8,
    state: 'paused',
    uptimeHours: 31,
  }),
  machine('build-agent-4', {
    ...BUILD,
    tags: ['build'],
    cpu: 0.3,
    memoryGib: 16,
    vcpus: 8,
    state: 'paused',
    uptimeHours: 31,
  }),
  machine('git', { ...BUILD, tags: ['production', 'build'], cpu: 0.09, memoryGib: 8, vcpus: 4 }),
  machine('template-debian-12', {
    ...OFFICE,
    tags: ['template'],
    cpu: 0.02,
    memoryGib: 2,
    vcpus: 1,
    state: 'off',
    diskGib: 10,
  }),
];

const WORKER = { ...DATA, tags: ['production', 'batch'], memoryGib: 12, vcpus: 4, uptimeHours: 77 };

const ATOLL_02: readonly Machine[] = [
  machine('cache-01', {
    ...WEB,
    tags: ['production', 'cache'],
    cpu: 0.5,
    memoryGib: 24,
    vcpus: 4,
  }),
  machine('worker-07', { ...WORKER, cpu: 0.5, state: 'crashed' }),
  machine('worker-08', { ...WORKER, cpu: 0.46 }),
  machine('worker-09', { ...WORKER, cpu: 0.44 }),
  machine('worker-10', { ...WORKER, cpu: 0.4, state: 'off' }),
  machine('queue-01', {
    ...DATA,
    tags: ['production', 'batch'],
    cpu: 0.16,
    memoryGib: 6,
    vcpus: 2,
  }),
];

const ATOLL_03: readonly Machine[] = [
  machine('dns-01', {
    ...OFFICE,
    tags: ['production', 'network'],
    cpu: 0.03,
    memoryGib: 1,
    vcpus: 1,
    keyboard: 'fr',
  }),
  machine('proxy-01', { ...WEB, tags: ['production', 'web'], cpu: 0.14, memoryGib: 4, vcpus: 2 }),
];

const LAGOON: readonly Machine[] = [
  machine('backup', {
    ...OFFICE,
    tags: ['production', 'backup'],
    cpu: 0.17,
    memoryGib: 8,
    vcpus: 2,
    diskGib: 4000,
  }),
  machine('vpn-gateway', {
    ...OFFICE,
    tags: ['production', 'network'],
    cpu: 0.06,
    memoryGib: 1,
    vcpus: 1,
    operatingSystem: 'OpenBSD 7.6',
  }),
  machine('monitoring', {
    ...OFFICE,
    tags: ['production'],
    cpu: 0.33,
    memoryGib: 8,
    vcpus: 4,
  }),
];

const LARGE = { sockets: 2, coresPerSocket: 16, mhz: 2900, memoryGib: 256 };
const SMALL = { sockets: 1, coresPerSocket: 8, mhz: 3400, memoryGib: 64 };

const HOSTS: readonly Host[] = [
  { name: 'atoll-01', site: 'Paris', tags: ['production'], ...LARGE, machines: ATOLL_01 },
  { name: 'atoll-02', site: 'Paris', tags: ['production'], ...SMALL, machines: ATOLL_02 },
  { name: 'atoll-03', site: 'Paris', tags: ['spare'], ...LARGE, machines: ATOLL_03 },
  { name: 'lagoon', site: 'Lyon', tags: ['production'], ...SMALL, machines: LAGOON },
];

/** Those with accounts on every demo platform, whatever its size. */
export const PEOPLE: readonly Person[] = [
  { name: 'admin', fullName: 'Administrator', role: 'admin' },
  { name: 'operator', fullName: 'Olive Operator', role: 'operator', seenAs: 'available' },
  { name: 'auditor', fullName: 'Alban Auditor', role: 'auditor', seenAs: 'away' },
  { name: 'helpdesk', fullName: 'Helpdesk', role: 'user' },
];

/** The built-in platform: four hypervisors at two sites, with twenty virtual machines. */
export const ARCHIPELAGO: World = {
  organisation: 'Archipelago Trading',
  hosts: HOSTS,
  people: PEOPLE,
};
