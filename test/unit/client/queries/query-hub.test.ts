import { expect, it } from 'vitest';
import type { Query } from '../../../../core/contract/queries.ts';
import { entityId } from '../../../../core/domain/entity.ts';
import { ok } from '../../../../core/lib/result.ts';
import { eventsNode } from '../../../../core/protocol/pubsub-nodes.ts';
import { writePush } from '../../../../core/protocol/push.ts';
import { vmControl } from '../../../../core/protocol/vm-control.ts';
import { el } from '../../../../core/xml/element.ts';
import { expectOk } from '../../../support/expect-result.ts';
import { settled } from '../../../support/manual-time.ts';
import { ACCOUNT, ApplicationFixture, jid } from '../application-fixture.ts';
import { FakeFleet, presenceOf } from '../fake-fleet.ts';

const MACHINE = jid('0b5d1d0e-6f3a-4c55-9d0f-1b8f5a2e7c41@example.org');
const OTHER = jid('5f0c3b1a-0d52-4f60-8f3e-2c9f1f6b7a10@example.org');

const INFO: Query = {
  entity: entityId(ACCOUNT, MACHINE),
  namespace: 'archipel:vm:control',
  action: 'info',
  input: {},
};

/** A machine that is online, with an agent of ours or an original one. */
async function machineOnline(generation: 'ours' | 'original') {
  const fleet = new FakeFleet([
    { jid: MACHINE, name: 'web' },
    { jid: OTHER, name: 'other' },
  ]);
  if (generation === 'ours') fleet.features = ['archipel:vm:definition:text'];
  let memoryKib = 1024;
  fleet.acts.set('archipel:permissions getown', () => ok([{ name: 'all' }]));
  fleet.acts.set('archipel:vm:control info', () => {
    memoryKib += 1;
    return ok({ state: 1, maxMemoryKib: 4096, memoryKib, vcpus: 1, cpuPercent: 0 });
  });
  const fixture = new ApplicationFixture((session) => (session.answer = fleet.answer));
  await fixture.connect();
  const hear = (which: string) => fixture.session.receive(presenceOf(`${which}/rack1`, 'Running'));
  hear(MACHINE);
  hear(OTHER);
  await fixture.time.pass(3000);
  const { queries } = fixture.application;
  const asked = () => fleet.carriedOut.get('archipel:vm:control info') ?? 0;
  const states = (key: string) => fixture.audience.told.queries.get(key) ?? [];
  return { fixture, fleet, queries, asked, states };
}

function pushOf(owner: string) {
  const push = writePush('virtualmachine:control', 'suspended', '2026-01-01 00:00:00.000000');
  const items = el('items', { node: eventsNode(jid(owner)) }, [el('item', { id: '1' }, [push])]);
  const event = el('event', { xmlns: 'http://jabber.org/protocol/pubsub#event' }, [items]);
  return el('message', { from: 'pubsub.example.org', type: 'headline' }, [event]);
}

it('answers two windows that ask the same with one stanza', async () => {
  const { queries, asked, states } = await machineOnline('ours');
  queries.open(1, 'a', INFO);
  queries.open(2, 'b', INFO);
  await settled();
  expect([asked(), states('1 a').at(-1), states('2 b').at(-1)?.name]).toEqual([
    1,
    expect.objectContaining({ name: 'ready' }),
    'ready',
  ]);
});

it('asks again at a push of that entity, and not at one of another', async () => {
  const { fixture, queries, asked, states } = await machineOnline('ours');
  queries.open(1, 'a', INFO);
  await settled();
  fixture.session.receive(pushOf(OTHER));
  await settled();
  expect(asked()).toBe(1);
  fixture.session.receive(pushOf(MACHINE));
  await settled();
  expect([asked(), states('1 a').map(({ name }) => name)]).toEqual([
    2,
    ['loading', 'ready', 'ready'],
  ]);
});

it('asks again when an agent that had lost libvirt has it back', async () => {
  const { fixture, queries, asked } = await machineOnline('ours');
  queries.open(1, 'a', INFO);
  await settled();
  const show = async (status: string) => {
    fixture.session.receive(presenceOf(`${MACHINE}/rack1`, status));
    await fixture.time.pass(1000);
    return asked();
  };
  const lost = await show('Libvirt connection lost');
  expect([lost, await show('Running'), await show('Paused')]).toEqual([1, 2, 2]);
});

it('does not ask again at the next look while pushes keep the answer fresh', async () => {
  const { queries, asked } = await machineOnline('ours');
  queries.open(1, 'a', INFO);
  await settled();
  queries.close(1, 'a');
  queries.open(1, 'b', INFO);
  await settled();
  expect(asked()).toBe(1);
});

it('is content with an answer that was looked at a moment ago, though its values move', async () => {
  const { fixture, queries, asked } = await machineOnline('ours');
  const look = async (key: string) => {
    queries.open(1, key, INFO);
    await settled();
    queries.close(1, key);
    await fixture.time.pass(20_000);
    return asked();
  };
  expect([await look('a'), await look('b'), await look('c'), await look('d')]).toEqual([
    1, 1, 2, 2,
  ]);
});

it('asks once for who looks at a definition without a panel, until a push tells of another', async () => {
  const { fixture, fleet, queries } = await machineOnline('ours');
  let keymap = 'de';
  fleet.acts.set('archipel:vm:control xmldesc', () => ok(el('domain', { keymap })));
  const known = async () => {
    const reply = await queries.answer(INFO.entity, vmControl.xmldesc, {});
    return [expectOk(reply), fleet.carriedOut.get('archipel:vm:control xmldesc')];
  };
  const of = (name: string): unknown => expect.objectContaining({ attributes: { keymap: name } });
  const together = await Promise.all([known(), known()]);
  expect([...together, await known()]).toEqual([1, 1, 1].map((times) => [of('de'), times]));
  keymap = 'fr';
  fixture.session.receive(pushOf(MACHINE));
  await settled();
  expect([await known(), await known()]).toEqual([2, 2].map((times) => [of('fr'), times]));
  await fixture.reconnect();
  // Pushes may have been missed meanwhile.
  expect(await known()).toEqual([of('fr'), 3]);
});

it('never polls an agent of ours', async () => {
  const { fixture, queries, asked } = await machineOnline('ours');
  queries.open(1, 'a', INFO);
  await fixture.time.pass(60_000);
  expect(asked()).toBe(1);
});

it('polls an original agent every five seconds, once for all, only while a window is visible', async () => {
  const { fixture, queries, asked } = await machineOnline('original');
  queries.open(1, 'a', INFO);
  queries.open(2, 'b', INFO);
  await fixture.time.pass(20_100);
  expect(asked()).toBe(5);
  queries.windowShown(1, false);
  queries.windowShown(2, false);
  await fixture.time.pass(60_000);
  expect(asked()).toBe(5);
});

it('says what is denied before it asks, and unsupported when it is', async () => {
  const { fleet, queries, states } = await machineOnline('ours');
  fleet.acts.set('archipel:permissions getown', () => ok([{ name: 'presence' }]));
  const screenshot = { ...INFO, action: 'screenshot', entity: entityId(ACCOUNT, OTHER) };
  queries.open(1, 'denied', screenshot);
  await settled();
  fleet.acts.set('archipel:permissions getown', () => ok([{ name: 'all' }]));
  queries.open(1, 'unsupported', { ...INFO, action: 'networkinfo' });
  await settled();
  const name = (key: string) => states(`1 ${key}`).at(-1)?.name;
  expect([name('denied'), name('unsupported'), fleet.carriedOut.has('screenshot')]).toEqual([
    'denied',
    'unsupported',
    false,
  ]);
});

it('keeps an answer, marked stale, while the entity is away, and asks when it is back', async () => {
  const { fixture, queries, states, asked } = await machineOnline('ours');
  queries.open(1, 'a', INFO);
  await settled();
  fixture.session.receive(el('presence', { from: `${MACHINE}/rack1`, type: 'unavailable' }));
  await settled();
  const away = states('1 a').at(-1);
  fixture.session.receive(presenceOf(`${MACHINE}/rack1`, 'Running'));
  await settled();
  expect([away, states('1 a').at(-1)?.name, asked()]).toEqual([
    expect.objectContaining({ name: 'stale', error: { code: 'offline', entity: 'web' } }),
    'ready',
    2,
  ]);
});

it('refuses a question whose input is none', async () => {
  const { queries } = await machineOnline('ours');
  const wrong = { ...INFO, action: 'screenshot', input: { size: 'enormous' } };
  expect(queries.open(1, 'a', wrong)).toEqual({
    ok: false,
    error: { code: 'invalid-input', detail: 'query/archipel/@size' },
  });
});
