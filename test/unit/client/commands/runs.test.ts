import { expect, it } from 'vitest';
import type { Run } from '../../../../core/contract/runs.ts';
import { entityId } from '../../../../core/domain/entity.ts';
import { err, ok } from '../../../../core/lib/result.ts';
import { el } from '../../../../core/xml/element.ts';
import { settled } from '../../../support/manual-time.ts';
import { ACCOUNT, ApplicationFixture, jid } from '../application-fixture.ts';
import { DONE, FakeFleet, presenceOf } from '../fake-fleet.ts';

const RACK = jid('rack1@example.org');
const WEB = jid('0b5d1d0e-6f3a-4c55-9d0f-1b8f5a2e7c41@example.org');
const MAIL = jid('5f0c3b1a-0d52-4f60-8f3e-2c9f1f6b7a10@example.org');
const FRESH = jid('a3b1c2d4-1111-4222-8333-444455556666@example.org');

async function fleetOnline() {
  const fleet = new FakeFleet([
    { jid: RACK, name: 'rack1' },
    { jid: WEB, name: 'web' },
    { jid: MAIL, name: 'mail' },
  ]);
  fleet.features = ['archipel:vm:definition:text'];
  fleet.acts.set('archipel:permissions getown', () => ok([{ name: 'all' }]));
  const fixture = new ApplicationFixture((session) => (session.answer = fleet.answer));
  await fixture.connect();
  fixture.session.receive(presenceOf(`${RACK}/rack1`, 'Online (2)'));
  for (const machine of [WEB, MAIL]) {
    fixture.session.receive(presenceOf(`${machine}/rack1`, 'Off', 'xa'));
  }
  await fixture.time.pass(3000);
  const run = async (command: string, targets: readonly string[], input = {}): Promise<Run> => {
    const ids = targets.map((one) => entityId(ACCOUNT, jid(one)));
    const started = fixture.application.runs.start({ command, targets: ids, input });
    if (!started.ok) throw new Error(JSON.stringify(started.error));
    await fixture.time.pass(200);
    return fixture.audience.told.runs.get(started.value.id)!;
  };
  const sentTo = (type: string) => {
    return fixture.session.sent
      .filter(({ attributes }) => attributes['type'] === type)
      .map(({ attributes }) => attributes['to']);
  };
  return { fleet, fixture, run, sentTo };
}

const states = ({ items }: Run) =>
  items.map(({ entityName, state }) => `${entityName} ${state.name}`);

it('says of each entity of a selection what came of it, and retries only what failed', async () => {
  const { fleet, fixture, run } = await fleetOnline();
  fleet.acts.set('archipel:vm:control create', (machine) => {
    return machine === MAIL ? err({ code: 'libvirt-error', text: 'no space left' }) : DONE;
  });
  const first = await run('vm.start', [WEB, MAIL]);
  expect([states(first), first.commandLine]).toEqual([
    ['web done', 'mail failed'],
    `archipel vm.start ${WEB} ${MAIL}`,
  ]);
  expect(fixture.application.inventory.entity(entityId(ACCOUNT, MAIL))?.fault).toBeDefined();
  fleet.acts.set('archipel:vm:control create', () => DONE);
  const again = fixture.application.runs.retry(first.id);
  await fixture.time.pass(200);
  const second = again.ok ? fixture.audience.told.runs.get(again.value.id) : undefined;
  expect([second && states(second), fleet.carriedOut.get('archipel:vm:control create')]).toEqual([
    ['mail done'],
    3,
  ]);
});

it('says whom of a selection a command was not given to, and why', async () => {
  const { fleet, fixture } = await fleetOnline();
  fleet.acts.set('archipel:vm:control create', () => DONE);
  const [rack, web, mail] = [RACK, WEB, MAIL].map((one) => entityId(ACCOUNT, one));
  fixture.session.receive(presenceOf(`${MAIL}/rack1`, 'Running'));
  await fixture.time.pass(100);
  const request = { command: 'vm.start', targets: [web!], input: {}, leftOut: [rack!, mail!] };
  const started = await fixture.application.handlers.runs.start(request, { windowId: 1 });
  await fixture.time.pass(200);
  const run = fixture.audience.told.runs.get(started.ok ? started.value.id : '')!;
  const told = fixture.audience.told.notices.at(-1);
  expect([states(run), run.leftOut, told?.title, told?.hint, told?.run]).toEqual([
    ['web done'],
    [
      { names: ['rack1'], hindrance: { code: 'wrong-kind' } },
      { names: ['mail'], hindrance: { code: 'wrong-state', state: 'running' } },
    ],
    'Start: 2 of 3 left out.',
    'rack1: This does not apply to what is selected. mail: Not possible while it is running.',
    run.id,
  ]);
});

it('decides anew whether a command is possible, whatever a window thought', async () => {
  const { fleet, run } = await fleetOnline();
  const paused = await run('vm.pause', [WEB]);
  expect([paused.items[0]?.state, fleet.carriedOut.get('archipel:vm:control suspend')]).toEqual([
    expect.objectContaining({
      name: 'failed',
      error: { code: 'not-allowed-now', reason: 'Not possible while it is off.' },
    }),
    undefined,
  ]);
});

it('does not send what is cancelled before its turn', async () => {
  const { fleet, fixture } = await fleetOnline();
  fleet.acts.set('archipel:vm:control create', () => DONE);
  const targets = [WEB, MAIL].map((one) => entityId(ACCOUNT, one));
  const started = fixture.application.runs.start({ command: 'vm.start', targets, input: {} });
  if (!started.ok) throw new Error('not started');
  fixture.application.runs.cancel(started.value.id);
  await fixture.time.pass(200);
  const run = fixture.audience.told.runs.get(started.value.id)!;
  expect([states(run), fleet.carriedOut.has('archipel:vm:control create')]).toEqual([
    ['web cancelled', 'mail cancelled'],
    false,
  ]);
});

it('accepts the subscription of the machine it made, and of no other', async () => {
  const { fleet, fixture, run, sentTo } = await fleetOnline();
  fleet.acts.set('archipel:hypervisor:control rostervm', () => ok([]));
  fleet.acts.set('archipel:hypervisor:control alloc', () => ok({ jid: FRESH }));
  const made = await run('hypervisor.new-vm', [RACK], { name: 'new one' });
  const nick = el('nick', { xmlns: 'http://jabber.org/protocol/nick' }, ['new one']);
  fixture.session.receive(el('presence', { from: FRESH, type: 'subscribe' }, [nick]));
  fixture.session.receive(el('presence', { from: 'mallory@example.org', type: 'subscribe' }));
  await settled();
  expect({
    state: made.items[0]?.state,
    subscribed: sentTo('subscribed'),
    subscribe: sentTo('subscribe'),
    requests: fixture.application.inventory.requests.map((one) => one.jid),
  }).toEqual({
    state: expect.objectContaining({ name: 'done', note: FRESH }) as unknown,
    subscribed: [FRESH],
    subscribe: [FRESH],
    requests: ['mallory@example.org'],
  });
});

const CLONE = { name: 'web two' };

interface CloneWorld {
  readonly order?: () => typeof DONE | ReturnType<typeof err>;
  /** What the hypervisor lists once the order was given. */
  readonly after?: readonly { readonly jid: string; readonly name: string }[];
  readonly input?: { readonly name: string };
}

const LISTED = { jid: `${FRESH}/rack1`, name: CLONE.name };
const STRANGER = MAIL.replace('5f0c3b1a', '6f0c3b1a');

/** Clones, and tells who is accepted of those who then ask under the clone's name, and who is shown. */
async function askedAfterClone({
  order = () => DONE,
  after = [LISTED],
  input = CLONE,
}: CloneWorld) {
  const { fleet, fixture, run, sentTo } = await fleetOnline();
  const before = [{ jid: `${MAIL}/rack1`, name: 'mail' }];
  const all = [...before, ...after].map((one) => ({ ...one, isManaged: true }));
  let isOrdered = false;
  fleet.acts.set('archipel:hypervisor:control rostervm', () =>
    ok(isOrdered ? all : all.slice(0, before.length)),
  );
  fleet.acts.set('archipel:hypervisor:control clone', () => {
    isOrdered = true;
    return order() as typeof DONE;
  });
  const made = await run('vm.clone', [WEB], input);
  const nick = el('nick', { xmlns: 'http://jabber.org/protocol/nick' }, [CLONE.name]);
  const foreign = FRESH.replace('example.org', 'example.net');
  for (const from of [foreign, STRANGER, MAIL, FRESH]) {
    fixture.session.receive(el('presence', { from, type: 'subscribe' }, [nick]));
  }
  await fixture.time.pass(100);
  const requests = new Set(fixture.application.inventory.requests.map((one) => one.jid));
  return { states: states(made), foreign, subscribed: sentTo('subscribed'), requests };
}

it('accepts the machine that the hypervisor lists since the order, whoever else has its name', async () => {
  const { foreign, subscribed, requests } = await askedAfterClone({});
  expect([subscribed, requests]).toEqual([[FRESH], new Set([foreign, STRANGER, MAIL])]);
});

it('accepts no other machine where the order left the name to the hypervisor', async () => {
  const { foreign, subscribed, requests } = await askedAfterClone({ input: { name: '' } });
  expect([subscribed, requests]).toEqual([[FRESH], new Set([foreign, STRANGER, MAIL])]);
});

it('leaves to the user who asks while the hypervisor lists nobody new', async () => {
  const { foreign, subscribed, requests } = await askedAfterClone({ after: [] });
  expect([subscribed, requests]).toEqual([[], new Set([foreign, STRANGER, MAIL, FRESH])]);
});

it('expects no machine any more whose order was refused', async () => {
  const order = () => err({ code: 'libvirt-error', text: 'no space left' } as const);
  const { states: ended, foreign, subscribed, requests } = await askedAfterClone({ order });
  expect([ended, subscribed, requests]).toEqual([
    ['web failed'],
    [],
    new Set([foreign, STRANGER, MAIL, FRESH]),
  ]);
});

it('keeps the last two hundred requests of strangers', async () => {
  const { fixture } = await fleetOnline();
  for (let number = 0; number < 250; number += 1) {
    const from = `stranger${number}@example.org`;
    fixture.session.receive(el('presence', { from, type: 'subscribe' }));
  }
  await settled();
  const { requests } = fixture.application.inventory;
  expect([requests.length, requests[0]?.jid]).toEqual([200, 'stranger50@example.org']);
});

it('asks "did you mean" before it adds a contact that is one slip away from a known one', async () => {
  const { run, sentTo } = await fleetOnline();
  const input = { account: ACCOUNT, jid: 'rak1@example.org', name: '', groups: [] };
  const refused = await run('contact.add', [], input);
  const certain = await run('contact.add', [], { ...input, certain: true });
  expect([refused.items[0]?.state, certain.items[0]?.state.name, sentTo('subscribe')]).toEqual([
    expect.objectContaining({ error: { code: 'already-there', what: RACK } }),
    'done',
    ['rak1@example.org'],
  ]);
});

it('settles an item whose answer was lost once the journal has found out', async () => {
  const { fleet, fixture, run } = await fleetOnline();
  let state = 5;
  fleet.acts.set('archipel:vm:control create', () => {
    state = 1;
    return DONE;
  });
  fleet.acts.set('archipel:vm:control info', () =>
    ok({ state, maxMemoryKib: 1, memoryKib: 1, vcpus: 1, cpuPercent: 0 }),
  );
  fixture.session.answer = (request) => {
    const answer = fleet.answer(request);
    const [inner] = request.payload.children;
    const isStart = typeof inner === 'object' && inner.attributes['action'] === 'create';
    return isStart ? err({ code: 'unknown-outcome', because: 'timeout' }) : answer;
  };
  const started = await run('vm.start', [WEB]);
  await fixture.time.pass(1000);
  const settledRun = fixture.audience.told.runs.get(started.id)!;
  expect([states(settledRun), fleet.carriedOut.get('archipel:vm:control create')]).toEqual([
    ['web done'],
    1,
  ]);
});

it('asks at the next start after what the last one left open', async () => {
  const before = await fleetOnline();
  before.fixture.session.answer = (request) => {
    const [inner] = request.payload.children;
    const isStart = typeof inner === 'object' && inner.attributes['action'] === 'create';
    // The application ends while the answer is on its way.
    return isStart ? new Promise(() => undefined) : before.fleet.answer(request);
  };
  void before.run('vm.start', [WEB]);
  await settled();
  const { fleet } = before;
  fleet.acts.set('archipel:vm:control info', () =>
    ok({ state: 1, maxMemoryKib: 1, memoryKib: 1, vcpus: 1, cpuPercent: 0 }),
  );
  const { storage, time } = before.fixture;
  const next = new ApplicationFixture((session) => (session.answer = fleet.answer), storage, time);
  await next.connect();
  next.session.receive(presenceOf(`${WEB}/rack1`, 'Running'));
  await time.pass(5000);
  expect(next.application.journal.entries.map(({ action, state }) => `${action} ${state}`)).toEqual(
    ['create done'],
  );
});
