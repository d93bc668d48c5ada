import { expect, it } from 'vitest';
import type { EntitySample } from '../../../../core/contract/statistics.ts';
import type { EntityId } from '../../../../core/domain/entity.ts';
import {
  changedLast,
  fleetFigures,
  topConsumers,
  troubled,
} from '../../../../renderer/features/dashboard/fleet-figures.ts';
import { planGraphs, trackOf } from '../../../../renderer/features/health/graph-plan.ts';
import { messagesFor } from '../../../../core/messages/catalogue.ts';
import { fakeEntity } from '../../../fakes/fake-entities.ts';

type HypervisorValues = Extract<EntitySample, { readonly kind: 'hypervisor' }>['values'];

const node = fakeEntity('node7@x.test', {
  kind: 'hypervisor',
  name: 'node7',
  since: 1,
  state: 'available',
});
const other = fakeEntity('node9@x.test', { kind: 'hypervisor', state: 'available' });
const gone = fakeEntity('node8@x.test', {
  kind: 'hypervisor',
  name: 'node8',
  since: 1,
  state: 'offline',
});
const web = fakeEntity('web@x.test', {
  kind: 'virtualmachine',
  name: 'web',
  state: 'running',
  since: 5,
});
const mail = fakeEntity('mail@x.test', {
  kind: 'virtualmachine',
  name: 'mail',
  state: 'crashed',
  since: 9,
});

function machine(entity: EntityId, cpuPercent: number, memoryUsedBytes: number): EntitySample {
  const values = {
    uuid: 'u',
    cpuPercent,
    memoryUsedBytes,
    memoryTotalBytes: 100,
    blockReadBytesPerSecond: 0,
    blockWrittenBytesPerSecond: 0,
    networkReceivedBytesPerSecond: 0,
    networkSentBytesPerSecond: 0,
  };
  return { kind: 'virtualmachine', entity, at: 1, values };
}

const cache = fakeEntity('cache@x.test', { name: 'cache', state: 'running', since: 2 });
const samples = new Map(
  [machine(web.id, 10, 90), machine(mail.id, 99, 99), machine(cache.id, 60, 20)].map((one) => [
    one.entity,
    one,
  ]),
);
const all = [node, gone, web, mail, cache];

it('counts the fleet, and measures only what sends samples', () => {
  expect(fleetFigures(all, samples)).toEqual({
    hypervisors: { online: 1, all: 2 },
    machines: { running: 2, all: 3 },
    cpuPercent: undefined,
    memory: { usedBytes: 0, totalBytes: 0 },
  });
});

it('knows nothing of processors from the first samples of agents, but of memory', () => {
  const memory = { memoryUsedBytes: 25, memoryTotalBytes: 100 };
  const values = { cpuPercent: 0, ...memory } as HypervisorValues;
  const first: EntitySample = { kind: 'hypervisor', entity: node.id, at: 1, isFirst: true, values };
  const second: EntitySample = {
    ...{ kind: 'hypervisor', entity: other.id, at: 1 },
    values: { ...values, cpuPercent: 30 },
  };
  const told = (...come: readonly EntitySample[]) =>
    fleetFigures([node, other], new Map(come.map((one) => [one.entity, one])));
  expect(told(first)).toMatchObject({ cpuPercent: undefined, memory: { usedBytes: 25 } });
  expect(told(first, second)).toMatchObject({ cpuPercent: 30, memory: { usedBytes: 50 } });
  const busy = new Map(samples).set(cache.id, { ...machine(cache.id, 0, 20), isFirst: true });
  const most = (of: 'cpuPercent' | 'memoryUsedBytes') =>
    topConsumers(all, busy, of).map(({ entity }) => entity.name);
  expect([most('cpuPercent'), most('memoryUsedBytes')]).toEqual([['web'], ['web', 'cache']]);
});

it('puts who uses most at the top, of those that run', () => {
  const names = (of: 'cpuPercent' | 'memoryUsedBytes') =>
    topConsumers(all, samples, of).map(({ entity }) => entity.name);
  expect([names('cpuPercent'), names('memoryUsedBytes')]).toEqual([
    ['cache', 'web'],
    ['web', 'cache'],
  ]);
});

it('names what is wrong and what changed last', () => {
  expect(troubled(all).map(({ name }) => name)).toEqual(['node8', 'mail']);
  expect(
    changedLast(all)
      .map(({ name }) => name)
      .slice(0, 2),
  ).toEqual(['mail', 'web']);
});

it('tells of hypervisors that are wrong first, and of what happened last before the rest', () => {
  const crashed = (name: string, since: number) =>
    fakeEntity(`${name}@x.test`, { kind: 'virtualmachine', name, state: 'crashed', since });
  const many = [
    crashed('early', 1),
    crashed('late', 20),
    mail,
    ...all.filter((one) => one !== mail),
  ];
  expect(troubled(many).map(({ name }) => name)).toEqual(['node8', 'late', 'mail', 'early']);
});

it('draws the partitions of a disk up to the size of the largest', () => {
  const known = [
    { entity: web.id, name: 'partition-total', device: '/' },
    { entity: web.id, name: 'partition-used', device: '/' },
    { entity: web.id, name: 'partition-total', device: '/var' },
  ] as const;
  const [plan] = planGraphs([web], known, messagesFor('en').health);
  expect(plan).toMatchObject({ id: 'partitions', topTracks: [known[0], known[2]].map(trackOf) });
});

it('plans a graph for each kind that was measured, with a line for each device or entity', () => {
  const { health } = messagesFor('en');
  const known = [
    { entity: web.id, name: 'memory-total' },
    { entity: web.id, name: 'memory-used' },
    { entity: web.id, name: 'network-sent', device: 'eth0' },
  ] as const;
  const plans = planGraphs([web], known, health);
  expect(plans.map(({ id, lines }) => [id, lines.map(({ label }) => label)])).toEqual([
    ['memory', ['Used']],
    ['network', ['eth0 sent']],
  ]);
  expect(plans.map(({ topTracks }) => topTracks)).toEqual([[trackOf(known[0])], []]);
  const both = [...known, { entity: mail.id, name: 'memory-used' } as const];
  const [memory] = planGraphs([web, mail], both, health);
  expect(memory?.lines.map(({ label }) => label)).toEqual(['web: used', 'mail: used']);
});
