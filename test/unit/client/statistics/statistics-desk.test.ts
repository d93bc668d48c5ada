import { expect, it } from 'vitest';
import { cpuOf, type StatisticsWatch } from '../../../../core/contract/statistics.ts';
import { entityId } from '../../../../core/domain/entity.ts';
import { ok } from '../../../../core/lib/result.ts';
import { writeSamples } from '../../../../core/protocol/statistics-samples.ts';
import { ACCOUNT, ApplicationFixture, jid } from '../application-fixture.ts';
import { FakeFleet, presenceOf } from '../fake-fleet.ts';

const HYPERVISOR = jid('node7@example.org');
const OTHER = jid('node8@example.org');
const MACHINE = jid('0b5d1d0e-6f3a-4c55-9d0f-1b8f5a2e7c41@example.org');
const UUID = '0b5d1d0e-6f3a-4c55-9d0f-1b8f5a2e7c41';
const NODE = entityId(ACCOUNT, HYPERVISOR);
const VM = entityId(ACCOUNT, MACHINE);
const WATCH: StatisticsWatch = { key: 'a', entities: [VM], intervalSeconds: 5 };

const MACHINE_SAMPLE = {
  uuid: UUID,
  cpuPercent: 12.5,
  memoryTotalBytes: 2048,
  memoryUsedBytes: 1024,
  blockReadBytesPerSecond: 0,
  blockWrittenBytesPerSecond: 0,
  networkReceivedBytesPerSecond: 0,
  networkSentBytesPerSecond: 0,
};

const HYPERVISOR_SAMPLE = {
  ...{ cpuPercent: 12.5, load1: 1, load5: 1, load15: 1 },
  ...{ memoryTotalBytes: 2048, memoryUsedBytes: 1024, memorySharedBytes: 0 },
  ...{ memorySwappedBytes: 0, diskTotalBytes: 2048, diskUsedBytes: 1024 },
  ...{ networks: [], partitions: [] },
};

interface Asked {
  readonly intervalSeconds: number;
  readonly hypervisor: boolean;
  readonly machines: unknown;
}

async function begin(features: readonly string[] = ['archipel:statistics']) {
  const fleet = new FakeFleet([
    { jid: HYPERVISOR, name: 'node7' },
    { jid: OTHER, name: 'node8' },
    { jid: MACHINE, name: 'web' },
  ]);
  fleet.features = features;
  const asked: (Asked | 'ended')[] = [];
  fleet.acts.set('archipel:permissions getown', () => ok([{ name: 'all' }]));
  fleet.acts.set('archipel:statistics subscribe', (_jid, input: Asked) => {
    const { intervalSeconds, hypervisor, machines } = input;
    asked.push({ intervalSeconds, hypervisor, machines });
    return ok({ intervalSeconds, leaseSeconds: 600 });
  });
  fleet.acts.set('archipel:statistics unsubscribe', () => {
    asked.push('ended');
    return ok(undefined);
  });
  const fixture = new ApplicationFixture((session) => (session.answer = fleet.answer));
  await fixture.connect();
  fixture.session.receive(presenceOf(`${HYPERVISOR}/node7`, 'Up (1)'));
  fixture.session.receive(presenceOf(`${MACHINE}/node7`, 'Running'));
  await fixture.time.pass(3000);
  // As a panel does that asks the agent anything.
  await fixture.link.isOurs(HYPERVISOR);
  const { statistics } = fixture.application;
  const samples = () => fixture.audience.told.samples.get('1') ?? [];
  return { fixture, asked, statistics, samples };
}

it('asks for what is watched, in one question for all windows, and ends it when nobody looks', async () => {
  const { fixture, asked, statistics } = await begin();
  statistics.watch(1, WATCH);
  statistics.watch(2, { ...WATCH, entities: [NODE], intervalSeconds: 2 });
  await fixture.time.pass(1000);
  expect(asked).toEqual([{ intervalSeconds: 2, hypervisor: true, machines: [UUID] }]);
  statistics.unwatch(2, 'a');
  statistics.windowClosed(1);
  await fixture.time.pass(31_000);
  expect(asked.slice(1)).toEqual(['ended']);
  await fixture.time.pass(600_000);
  expect(asked).toHaveLength(2);
});

it('has nothing sent once the window has been hidden for a while, and goes on when it is shown', async () => {
  const { fixture, asked, statistics } = await begin();
  statistics.watch(1, WATCH);
  await fixture.time.pass(1000);
  statistics.windowShown(1, false);
  await fixture.time.pass(31_000);
  expect(asked).toHaveLength(2);
  await fixture.time.pass(600_000);
  expect(asked).toHaveLength(2);
  expect(asked[1]).toBe('ended');
  statistics.windowShown(1, true);
  await fixture.time.pass(1000);
  expect(asked[2]).toMatchObject({ machines: [UUID] });
});

it('asks nothing when somebody looks again soon, nor ends what is looked at again', async () => {
  const { fixture, asked, statistics, samples } = await begin();
  for (let turn = 0; turn < 5; turn += 1) {
    statistics.watch(1, WATCH);
    await fixture.time.pass(10_000);
    statistics.unwatch(1, 'a');
    await fixture.time.pass(10_000);
  }
  expect(asked).toHaveLength(1);
  // What still comes is told to nobody.
  const own = [{ atMs: 1, hypervisors: [], machines: [MACHINE_SAMPLE] }];
  const message = writeSamples(`${ACCOUNT}/desk`, own);
  const from = `${HYPERVISOR}/node7`;
  fixture.session.receive({ ...message, attributes: { ...message.attributes, from } });
  await fixture.time.pass(1000);
  expect(samples()).toEqual([]);
});

it('asks for more at once, together with what was looked at just before, and for less later', async () => {
  const { fixture, asked, statistics } = await begin();
  statistics.watch(1, { ...WATCH, intervalSeconds: 2 });
  await fixture.time.pass(1000);
  statistics.watch(1, { ...WATCH, entities: [NODE] });
  await fixture.time.pass(1000);
  const both = { intervalSeconds: 2, hypervisor: true, machines: [UUID] };
  expect(asked.slice(1)).toEqual([both]);
  statistics.watch(1, WATCH);
  await fixture.time.pass(20_000);
  expect(asked).toHaveLength(2);
  await fixture.time.pass(31_000);
  expect(asked.slice(2)).toEqual([{ intervalSeconds: 5, hypervisor: false, machines: [UUID] }]);
});

it('renews its lease while somebody looks', async () => {
  const { fixture, asked, statistics } = await begin();
  statistics.watch(1, WATCH);
  await fixture.time.pass(965_000);
  expect(asked).toHaveLength(3);
});

it('asks for all hypervisors without their machines, and tells of these alone', async () => {
  const { fixture, asked, statistics, samples } = await begin();
  statistics.watch(1, { key: 'a', entities: [], fleet: 'hypervisors', intervalSeconds: 60 });
  await fixture.time.pass(1000);
  expect(asked).toEqual([{ intervalSeconds: 60, hypervisor: true, machines: [] }]);
  // Another window looks at a machine: what comes of it is not for this one.
  statistics.watch(2, WATCH);
  await fixture.time.pass(1000);
  const own = [
    { atMs: 1, intervalMs: 5000, hypervisors: [HYPERVISOR_SAMPLE], machines: [MACHINE_SAMPLE] },
  ];
  const message = writeSamples(`${ACCOUNT}/desk`, own);
  const from = `${HYPERVISOR}/node7`;
  fixture.session.receive({ ...message, attributes: { ...message.attributes, from } });
  await fixture.time.pass(1000);
  expect(samples()).toEqual([
    { kind: 'hypervisor', entity: NODE, at: 1, isFirst: false, values: HYPERVISOR_SAMPLE },
  ]);
});

it('asks anew after a new stream', async () => {
  const { fixture, asked, statistics } = await begin();
  statistics.watch(1, WATCH);
  await fixture.time.pass(1000);
  await fixture.reconnect();
  fixture.session.receive(presenceOf(`${HYPERVISOR}/node7`, 'Up (1)'));
  fixture.session.receive(presenceOf(`${MACHINE}/node7`, 'Running'));
  await fixture.time.pass(4000);
  expect(asked).toHaveLength(2);
});

it('asks no agent that does not announce its statistics', async () => {
  const { fixture, asked, statistics } = await begin(['archipel:outcome']);
  statistics.watch(1, { ...WATCH, entities: [NODE, VM], fleet: 'all' });
  await fixture.time.pass(60_000);
  expect(asked).toEqual([]);
});

it('tells a window the samples it watches, of hypervisors that were asked alone', async () => {
  const { fixture, statistics, samples } = await begin();
  const taken = { atMs: 1_764_000_000_000, intervalMs: 5000 };
  const sample = { ...taken, hypervisors: [], machines: [MACHINE_SAMPLE] };
  const push = (from: string) => {
    const message = writeSamples(`${ACCOUNT}/desk`, [sample]);
    fixture.session.receive({ ...message, attributes: { ...message.attributes, from } });
  };
  push(`${HYPERVISOR}/node7`);
  statistics.watch(1, WATCH);
  await fixture.time.pass(1000);
  push(`${MACHINE}/evil`);
  await fixture.time.pass(1000);
  expect(samples()).toEqual([]);
  push(`${HYPERVISOR}/node7`);
  await fixture.time.pass(1000);
  expect(samples()).toEqual([
    { kind: 'virtualmachine', entity: VM, at: sample.atMs, isFirst: false, values: MACHINE_SAMPLE },
  ]);
});

it('tells first samples of hypervisors and machines from those whose rates were measured', async () => {
  const { fixture, statistics, samples } = await begin();
  statistics.watch(1, { ...WATCH, entities: [NODE, VM] });
  await fixture.time.pass(1000);
  const first = { atMs: 1, hypervisors: [HYPERVISOR_SAMPLE], machines: [MACHINE_SAMPLE] };
  const begun = { ...MACHINE_SAMPLE, isFirst: true };
  const next = { ...first, atMs: 5001, intervalMs: 5000, machines: [begun, MACHINE_SAMPLE] };
  const message = writeSamples(`${ACCOUNT}/desk`, [first, next]);
  const from = `${HYPERVISOR}/node7`;
  fixture.session.receive({ ...message, attributes: { ...message.attributes, from } });
  await fixture.time.pass(1000);
  expect(samples().map((one) => [one.kind, one.isFirst, cpuOf(one)])).toEqual([
    ['hypervisor', true, undefined],
    ['virtualmachine', true, undefined],
    ['hypervisor', false, 12.5],
    // One that runs since then.
    ['virtualmachine', true, undefined],
    ['virtualmachine', false, 12.5],
  ]);
});

it('believes no hypervisor what it says of a machine of another', async () => {
  const { fixture, statistics, samples } = await begin();
  const values = { ...MACHINE_SAMPLE, cpuPercent: 99 };
  const push = (from: string) => {
    const sample = { atMs: 1_764_000_000_000, hypervisors: [], machines: [values] };
    const message = writeSamples(`${ACCOUNT}/desk`, [sample]);
    fixture.session.receive({ ...message, attributes: { ...message.attributes, from } });
  };
  fixture.session.receive(presenceOf(`${OTHER}/node8`, 'Up (1)'));
  await fixture.time.pass(3000);
  await fixture.link.isOurs(OTHER);
  statistics.watch(1, { ...WATCH, entities: [NODE, VM, entityId(ACCOUNT, OTHER)], fleet: 'all' });
  await fixture.time.pass(1000);
  push(`${OTHER}/node8`);
  await fixture.time.pass(1000);
  expect(samples()).toEqual([]);
  push(`${HYPERVISOR}/node7`);
  await fixture.time.pass(1000);
  expect(samples()).toHaveLength(1);
});
