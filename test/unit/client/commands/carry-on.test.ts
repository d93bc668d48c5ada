import { expect, it } from 'vitest';
import { entityId } from '../../../../core/domain/entity.ts';
import { err, ok } from '../../../../core/lib/result.ts';
import { hypervisorControl } from '../../../../core/protocol/hypervisor-control.ts';
import { OUTCOME_NAMESPACE, outcome } from '../../../../core/protocol/outcome.ts';
import { vmControl } from '../../../../core/protocol/vm-control.ts';
import { el } from '../../../../core/xml/element.ts';
import type { FakeAnswer, FakeRequest } from '../../../support/fake-session.ts';
import { ACCOUNT, ApplicationFixture, jid } from '../application-fixture.ts';
import { presenceOf } from '../fake-fleet.ts';
import { FRESH, HYPERVISOR, MACHINE, OneMachine } from '../journal/one-machine.ts';

const MADE = jid(`${FRESH}@example.org`);
const STRANGER = jid('6f0c3b1a-0d52-4f60-8f3e-2c9f1f6b7a10@example.org');
const UNMANAGED = jid('7f0c3b1a-0d52-4f60-8f3e-2c9f1f6b7a10@example.org');
const LOST = err({ code: 'unknown-outcome', because: 'disconnected' } as const);

type Intervene = (
  request: FakeRequest,
  answer: () => FakeAnswer,
  fixture: ApplicationFixture,
) => FakeAnswer;

/** One hypervisor and its machine online; the test may come between a request and its answer. */
async function online(intervene: Intervene, keeps = true) {
  const world = new OneMachine();
  const fixture: ApplicationFixture = new ApplicationFixture((session) => {
    session.answer = (request) => intervene(request, () => world.fleet.answer(request), fixture);
  });
  if (keeps) world.fleet.keepOutcomes(() => fixture.time.now());
  else world.fleet.features = world.fleet.features?.filter((one) => one !== OUTCOME_NAMESPACE);
  const arrive = async () => {
    fixture.session.receive(presenceOf(`${HYPERVISOR}/rack1`, 'Online (1)'));
    fixture.session.receive(presenceOf(`${MACHINE}/rack1`, 'Off', 'xa'));
    await fixture.time.pass(3000);
  };
  await fixture.connect();
  await arrive();
  const run = async (command: string, target: string, input = {}) => {
    const targets = [entityId(ACCOUNT, jid(target))];
    const started = fixture.application.runs.start({ command, targets, input });
    if (!started.ok) throw new Error(JSON.stringify(started.error));
    await fixture.time.pass(200);
    return () => fixture.audience.told.runs.get(started.value.id)?.items[0]?.state;
  };
  const asks = async (who: string) => {
    fixture.session.receive(el('presence', { from: who, type: 'subscribe' }));
    await fixture.time.pass(100);
  };
  const waiting = () => fixture.application.inventory.requests.map((one) => one.jid);
  const sentTo = (type: string) =>
    fixture.session.sent
      .filter(({ attributes }) => attributes['type'] === type)
      .map(({ attributes }) => attributes['to']);
  return { world, fixture, arrive, run, asks, waiting, sentTo };
}

interface ActionName {
  readonly namespace: string;
  readonly name: string;
}

function isOf({ payload }: FakeRequest, { namespace, name }: ActionName): boolean {
  const [asked] = payload.children;
  const action = typeof asked === 'object' ? asked.attributes['action'] : undefined;
  return payload.attributes['xmlns'] === namespace && action === name;
}

/** The link breaks over the answer of the first order of this action, which was carried out. */
function answerLost(action: ActionName): Intervene {
  let isLost = false;
  return (request, answer, fixture) => {
    if (isLost || !isOf(request, action)) return answer();
    isLost = true;
    answer();
    fixture.lose();
    return LOST;
  };
}

function removalOf({ payload }: FakeRequest): string | undefined {
  const [item] = payload.children;
  const isRemoval = typeof item === 'object' && item.attributes['subscription'] === 'remove';
  return isRemoval ? item.attributes['jid'] : undefined;
}

/** Makes a machine whose answer is lost; `keeps`: the hypervisor keeps a record of orders. */
async function madeUnheard(name: string, keeps: boolean) {
  const desk = await online(answerLost(hypervisorControl.alloc), keeps);
  const state = await desk.run('hypervisor.new-vm', HYPERVISOR, { name });
  await desk.asks(MADE);
  const back = async () => {
    await desk.fixture.reconnect();
    await desk.arrive();
    await desk.fixture.time.pass(20_000);
    return [state()?.name, desk.waiting(), desk.sentTo('subscribed')];
  };
  return { ...desk, back };
}

it('knows what was made by the record of its hypervisor, whatever else came meanwhile', async () => {
  const { world, asks, back } = await madeUnheard('', true);
  world.managed = [...world.managed, { jid: STRANGER, name: 'other', isManaged: true }];
  await asks(STRANGER);
  expect(await back()).toEqual(['done', [STRANGER], [MADE]]);
});

it('knows what was made by the list of a hypervisor without a record, by the name that was wanted', async () => {
  const { world, asks, back } = await madeUnheard('fresh one', false);
  const others = [
    { jid: STRANGER, name: 'other', isManaged: true },
    { jid: UNMANAGED, name: 'fresh one', isManaged: false },
  ];
  world.managed = [...world.managed, ...others];
  await asks(STRANGER);
  await asks(UNMANAGED);
  expect(await back()).toEqual(['done', [STRANGER, UNMANAGED], [MADE]]);
});

it('leaves it to the user where several may be what was made', async () => {
  const { world, asks, back } = await madeUnheard('', false);
  world.managed = [...world.managed, { jid: STRANGER, name: 'other', isManaged: true }];
  await asks(STRANGER);
  expect(await back()).toEqual(['done', [MADE, STRANGER], []]);
});

it('lets nobody in whom the user has refused since the order', async () => {
  const { fixture, asks, back, waiting, sentTo } = await madeUnheard('fresh one', true);
  await fixture.link.desk.refuse(MADE);
  const end = await back();
  await asks(MADE);
  expect([end, waiting(), sentTo('subscribed')]).toEqual([['done', [], []], [MADE], []]);
});

it('expects nobody any more whom the user let in before the order was known to be done', async () => {
  const { world, fixture, asks, back, waiting } = await madeUnheard('fresh one', true);
  await fixture.link.desk.accept(MADE, 'fresh one');
  world.fleet.contacts = [...world.fleet.contacts, { jid: MADE, name: 'fresh one' }];
  await back();
  fixture.link.desk.forget(MADE);
  await fixture.time.pass(1000);
  await asks(MADE);
  expect(waiting()).toEqual([MADE]);
});

it.each(['mallory@example.net', `${FRESH}@example.net`, 'mallory@example.org'])(
  'lets nobody in of whom a hypervisor says that it has made %s',
  async (who) => {
    const { world, run, asks, waiting, sentTo } = await online((_request, answer) => answer());
    world.fleet.acts.set('archipel:hypervisor:control alloc', () => ok({ jid: who }));
    const state = await run('hypervisor.new-vm', HYPERVISOR, { name: 'fresh one' });
    await asks(who);
    expect([state()?.name, waiting(), sentTo('subscribed')]).toEqual(['done', [who], []]);
  },
);

it('lets nobody in of whom the record of a hypervisor says that it has made him', async () => {
  const { world, fixture, arrive, run, asks, sentTo } = await online(
    answerLost(hypervisorControl.alloc),
  );
  const mallory = `${FRESH}@example.net`;
  world.fleet.acts.set('archipel:hypervisor:control alloc', () => ok({ jid: mallory }));
  const state = await run('hypervisor.new-vm', HYPERVISOR, { name: 'fresh one' });
  await asks(mallory);
  await fixture.reconnect();
  await arrive();
  await fixture.time.pass(20_000);
  expect([state()?.name, sentTo('subscribed')]).toEqual(['done', []]);
});

it('guesses nothing long after the order', async () => {
  const { fixture, back } = await madeUnheard('fresh one', false);
  await fixture.time.pass(31 * 60_000);
  expect(await back()).toEqual(['done', [MADE], []]);
});

it.each([
  ['hypervisor.new-vm', hypervisorControl.alloc, HYPERVISOR],
  ['vm.clone', hypervisorControl.clone, MACHINE],
])('lets in what %s made, though its answer was lost and it had asked before', async (...of) => {
  const [command, action, target] = of;
  const { fixture, arrive, run, asks, waiting, sentTo } = await online(answerLost(action));
  const state = await run(command, target, { name: 'fresh one' });
  await asks(MADE);
  await asks(STRANGER);
  const meanwhile = [state()?.name, waiting(), sentTo('subscribed')];
  await fixture.reconnect();
  await arrive();
  await fixture.time.pass(20_000);
  expect([meanwhile, [state()?.name, waiting(), sentTo('subscribed')]]).toEqual([
    ['unknown', [MADE, STRANGER], []],
    ['done', [STRANGER], [MADE]],
  ]);
});

it('lets in what was made though the application ended before it heard of it', async () => {
  const before = await online(answerLost(hypervisorControl.alloc));
  await before.run('hypervisor.new-vm', HYPERVISOR, { name: 'fresh one' });
  const { world, fixture } = before;
  await fixture.application.stop();
  const { storage, time } = fixture;
  const next = new ApplicationFixture(
    (session) => (session.answer = world.fleet.answer),
    storage,
    time,
  );
  await next.connect();
  next.session.receive(el('presence', { from: MADE, type: 'subscribe' }));
  next.session.receive(presenceOf(`${HYPERVISOR}/rack1`, 'Online (2)'));
  await time.pass(20_000);
  const granted = next.session.sent.filter(({ attributes }) => attributes['type'] === 'subscribed');
  expect([
    next.application.journal.entries.map(({ state }) => state),
    granted.map(({ attributes }) => attributes['to']),
    next.application.inventory.requests,
  ]).toEqual([['done'], [MADE], []]);
});

it('lets in what was put under management, though the answer was lost', async () => {
  const { fixture, arrive, run, asks, waiting } = await online(
    answerLost(hypervisorControl.manage),
  );
  const uuid = '5f0c3b1a-0d52-4f60-8f3e-2c9f1f6b7a10';
  const state = await run('hypervisor.manage', HYPERVISOR, { uuids: [uuid] });
  await asks(`${uuid}@example.org`);
  const meanwhile = waiting();
  await fixture.reconnect();
  await arrive();
  await fixture.time.pass(20_000);
  expect([meanwhile, state()?.name, waiting()]).toEqual([[`${uuid}@example.org`], 'done', []]);
});

it('takes a machine out of the roster whose deletion was found out as the link broke again', async () => {
  const lost = answerLost(vmControl.free);
  const removals: string[] = [];
  let breaks = true;
  const { fixture, arrive, run } = await online((request, answer, link) => {
    const answered = lost(request, answer, link);
    // The word that settles the order is the last one that comes.
    if (breaks && isOf(request, outcome.get)) link.lose();
    const removed = removalOf(request);
    if (removed !== undefined) removals.push(removed);
    return answered;
  });
  const state = await run('vm.delete', MACHINE);
  await fixture.reconnect();
  await arrive();
  const meanwhile = [state()?.name, [...removals]];
  breaks = false;
  await fixture.reconnect();
  await arrive();
  expect([meanwhile, removals]).toEqual([['done', []], [MACHINE]]);
});

it('leaves a machine in the roster that was forced off', async () => {
  const lost = answerLost(vmControl.destroy);
  const removals: (string | undefined)[] = [];
  const { fixture, arrive, run } = await online((request, answer, link) => {
    if (removalOf(request) !== undefined) removals.push(removalOf(request));
    return lost(request, answer, link);
  });
  fixture.session.receive(presenceOf(`${MACHINE}/rack1`, 'Running'));
  await fixture.time.pass(100);
  const state = await run('vm.force-off', MACHINE);
  const meanwhile = state()?.name;
  await fixture.reconnect();
  await arrive();
  await fixture.time.pass(20_000);
  expect([meanwhile, state()?.name, removals]).toEqual(['unknown', 'done', []]);
});
