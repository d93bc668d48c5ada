import { expect, it } from 'vitest';
import { entityId } from '../../../../core/domain/entity.ts';
import { err, ok } from '../../../../core/lib/result.ts';
import { vmControl } from '../../../../core/protocol/vm-control.ts';
import { el } from '../../../../core/xml/element.ts';
import { settled } from '../../../support/manual-time.ts';
import { ACCOUNT, ApplicationFixture, jid, WINDOW } from '../application-fixture.ts';
import { FakeFleet, presenceOf } from '../fake-fleet.ts';

const RACK = jid('rack1@example.org');
const WEB = jid('0b5d1d0e-6f3a-4c55-9d0f-1b8f5a2e7c41@example.org');
const RUNNING = {
  state: 1,
  maxMemoryKib: 1024,
  memoryKib: 1024,
  vcpus: 1,
  cpuPercent: 0,
  hypervisor: RACK,
  autostart: false,
};

async function fleetOnline(change: (fleet: FakeFleet) => void = () => undefined) {
  const fleet = new FakeFleet([
    { jid: RACK, name: '' },
    { jid: WEB, name: 'web' },
  ]);
  fleet.vcards.set(RACK, { fullName: 'Rack 1', role: 'hypervisor' });
  change(fleet);
  const fixture = new ApplicationFixture((session) => (session.answer = fleet.answer));
  await fixture.connect();
  fixture.session.receive(presenceOf(`${RACK}/rack1`, 'Online (1)'));
  fixture.session.receive(presenceOf(`${WEB}/rack1`, 'Running'));
  await fixture.time.pass(3000);
  const entity = (which: typeof RACK) => {
    return fixture.application.inventory.entity(entityId(ACCOUNT, which));
  };
  const vcardsAsked = () =>
    fixture.session.requests.filter(({ payload }) => payload.name === 'vCard');
  return { fleet, fixture, entity, vcardsAsked };
}

it('takes a crash for a shutdown when the machine says "off" at once', async () => {
  const { fixture, entity } = await fleetOnline();
  fixture.session.receive(presenceOf(`${WEB}/rack1`, 'Crashed', 'xa'));
  await fixture.time.pass(1000);
  const meanwhile = entity(WEB)?.state;
  fixture.session.receive(presenceOf(`${WEB}/rack1`, 'Off', 'xa'));
  await fixture.time.pass(5000);
  expect([meanwhile, entity(WEB)?.state]).toEqual(['running', 'off']);
});

it('believes a crash that lasts', async () => {
  const { fixture, entity } = await fleetOnline();
  fixture.session.receive(presenceOf(`${WEB}/rack1`, 'Crashed', 'xa'));
  await fixture.time.pass(2000);
  expect(entity(WEB)?.state).toBe('crashed');
});

it('opens with the inventory of the last run, marked stale, before the network answers', async () => {
  const { fixture } = await fleetOnline();
  await fixture.application.stop();
  const { storage, time } = fixture;
  const next = new ApplicationFixture(() => undefined, storage, time);
  await next.application.start();
  const { entities, cachedAt } = next.application.inventory.snapshot();
  const shown = entities.map(({ name, kind, state, stale }) => ({ name, kind, state, stale }));
  expect([shown, cachedAt]).toEqual([
    [
      { name: 'Rack 1', kind: 'hypervisor', state: 'available', stale: true },
      { name: 'web', kind: 'virtualmachine', state: 'running', stale: true },
    ],
    time.now(),
  ]);
});

it('asks for no vCard again at the next log-in, because it kept them', async () => {
  const { fixture, fleet, vcardsAsked } = await fleetOnline();
  expect(vcardsAsked().length).toBeGreaterThan(0);
  await fixture.application.stop();
  const { storage, time } = fixture;
  const next = new ApplicationFixture((session) => (session.answer = fleet.answer), storage, time);
  await next.connect();
  next.session.receive(presenceOf(`${RACK}/rack1`, 'Online (1)'));
  next.session.receive(presenceOf(`${WEB}/rack1`, 'Running'));
  await time.pass(3000);
  const asked = next.session.requests.filter(({ payload }) => payload.name === 'vCard');
  expect([asked.length, next.application.inventory.entities().map(({ name }) => name)]).toEqual([
    0,
    ['Rack 1', 'web'],
  ]);
});

it('marks everything stale while the link is lost, and offline who does not come back', async () => {
  const { fixture, entity } = await fleetOnline();
  fixture.lose();
  await fixture.time.pass(100);
  const lost = entity(WEB);
  fixture.session.become({ kind: 'online', jid: `${ACCOUNT}/again`, resumed: false });
  await settled();
  fixture.session.receive(presenceOf(`${RACK}/rack1`, 'Online (0)'));
  await fixture.time.pass(5000);
  expect([lost?.state, lost?.stale, entity(WEB)?.state, entity(RACK)?.state]).toEqual([
    'running',
    true,
    'offline',
    'available',
  ]);
});

it('believes a presence rather than an answer whose question is older', async () => {
  const { fixture, entity } = await fleetOnline((one) => {
    one.acts.set('archipel:vm:control info', () => ok(RUNNING));
  });
  const { session } = fixture;
  const answerAtOnce = session.answer;
  let tell = (): void => undefined;
  session.answer = async (request) => {
    const answer = await answerAtOnce(request);
    const [inner] = request.payload.children;
    const isInfo = typeof inner === 'object' && inner.attributes['action'] === 'info';
    if (isInfo) await new Promise<void>((resolve) => (tell = resolve));
    return answer;
  };
  const checked = fixture.link.ask(vmControl.info, WEB, {});
  await fixture.time.pass(1000);
  session.receive(presenceOf(`${WEB}/rack1`, 'Paused', 'away'));
  await fixture.time.pass(1000);
  tell();
  await checked;
  await fixture.time.pass(1000);
  const late = entity(WEB)?.state;
  session.answer = answerAtOnce;
  await fixture.link.ask(vmControl.info, WEB, {});
  await fixture.time.pass(1000);
  expect([late, entity(WEB)?.state]).toEqual(['paused', 'running']);
});

it('keeps a crash of which the hypervisor only says that the machine is off', async () => {
  const { fixture, entity } = await fleetOnline((one) => {
    one.acts.set('archipel:vm:control info', () => ok({ ...RUNNING, state: 5 }));
  });
  fixture.session.receive(presenceOf(`${WEB}/rack1`, 'Crashed', 'xa'));
  await fixture.time.pass(2000);
  await fixture.link.ask(vmControl.info, WEB, {});
  await fixture.time.pass(1000);
  expect(entity(WEB)?.state).toBe('crashed');
});

it('learns from a refusal that a permission is not held, and does not ask in vain again', async () => {
  const { fixture, fleet, entity } = await fleetOnline((one) => {
    one.acts.set('archipel:permissions getown', () => ok([{ name: 'info' }, { name: 'create' }]));
    one.acts.set('archipel:vm:control info', () => err({ code: 'permission-denied' }));
  });
  const first = await fixture.link.checkNow(WEB);
  await fixture.link.checkNow(WEB);
  const asked = fleet.carriedOut.get('archipel:vm:control info');
  expect([first, entity(WEB)?.permissions, asked]).toEqual([
    { ok: false, error: { code: 'denied', entity: 'web', permission: 'info' } },
    ['create'],
    1,
  ]);
});

it('counts what was said until the user looks', async () => {
  const { fixture, entity } = await fleetOnline();
  const say = (type: string) =>
    fixture.session.receive(
      el('message', { from: `${WEB}/rack1`, type }, [el('body', {}, ['I am done'])]),
    );
  say('chat');
  say('chat');
  say('headline');
  await settled();
  const { notices } = fixture.audience.told;
  expect([entity(WEB)?.unread, notices.map(({ title }) => title)]).toEqual([2, ['I am done']]);
  await fixture.application.handlers.inventory.seen(
    { entity: entityId(ACCOUNT, WEB) },
    { windowId: 1 },
  );
  expect(entity(WEB)?.unread).toBe(0);
});

it('believes no push and no tag from anybody but the pubsub service', async () => {
  const { fixture, entity } = await fleetOnline();
  const tag = el('tag', { jid: WEB, tags: 'stolen' });
  const items = el('items', { node: '/archipel/tags' }, [el('item', { id: '1' }, [tag])]);
  const event = el('event', { xmlns: 'http://jabber.org/protocol/pubsub#event' }, [items]);
  fixture.session.receive(el('message', { from: 'mallory@example.org' }, [event]));
  await settled();
  expect(entity(WEB)?.tags).toEqual([]);
  fixture.session.receive(el('message', { from: 'pubsub.example.org' }, [event]));
  await settled();
  expect(entity(WEB)?.tags).toEqual(['stolen']);
});

it('shows nothing as old any more once the log-in has settled, and says so to windows', async () => {
  const { fixture, fleet } = await fleetOnline();
  await fixture.application.stop();
  const { storage, time } = fixture;
  const next = new ApplicationFixture((session) => (session.answer = fleet.answer), storage, time);
  await next.application.start();
  await next.application.handlers.inventory.snapshot(undefined, WINDOW);
  await next.connect();
  const during = next.application.inventory.snapshot().cachedAt;
  await time.pass(5000);
  const told = next.audience.told.deltas.filter(({ isCurrent }) => isCurrent);
  expect([during, next.application.inventory.snapshot().cachedAt, told.length]).toEqual([
    time.now() - 5000,
    undefined,
    1,
  ]);
});

it('keeps a machine that falls silent with its hypervisor, also in the next run', async () => {
  const { fixture, entity } = await fleetOnline();
  for (const who of [WEB, RACK]) {
    fixture.session.receive(el('presence', { from: `${who}/rack1`, type: 'unavailable' }));
  }
  await fixture.time.pass(1000);
  const silent = entity(WEB);
  await fixture.application.stop();
  const next = new ApplicationFixture(() => undefined, fixture.storage, fixture.time);
  await next.application.start();
  const again = next.application.inventory.entity(entityId(ACCOUNT, WEB));
  const rack = entityId(ACCOUNT, RACK);
  expect([silent?.state, silent?.hypervisor, again?.hypervisor]).toEqual(['offline', rack, rack]);
});

it('does not take the time of the log-in for the time since when a state holds', async () => {
  const { fixture, entity } = await fleetOnline();
  const since = [entity(WEB)?.since];
  const { children } = presenceOf('', 'Off', 'xa');
  const stampedAt = fixture.time.now() - 60_000;
  const delay = { xmlns: 'urn:xmpp:delay', stamp: new Date(stampedAt).toISOString() };
  const presence = el('presence', { from: `${WEB}/rack1` }, [...children, el('delay', delay)]);
  fixture.session.receive(presence);
  await fixture.time.pass(1000);
  since.push(entity(WEB)?.since);
  const changedAt = fixture.time.now();
  fixture.session.receive(presenceOf(`${WEB}/rack1`, 'Running'));
  await fixture.time.pass(1000);
  since.push(entity(WEB)?.since);
  expect(since).toEqual([0, stampedAt, changedAt]);
});

it('tells the user of a crash and of a lost hypervisor, but of none that a log-in reports', async () => {
  const { fixture } = await fleetOnline();
  const titles = () => fixture.audience.told.notices.map(({ level, title }) => [level, title]);
  fixture.session.receive(presenceOf(`${WEB}/rack1`, 'Crashed', 'xa'));
  await fixture.time.pass(1000);
  const atFirst = titles();
  await fixture.time.pass(1000);
  await fixture.reconnect();
  fixture.session.receive(presenceOf(`${RACK}/rack1`, 'Online (1)'));
  fixture.session.receive(presenceOf(`${WEB}/rack1`, 'Crashed', 'xa'));
  await fixture.time.pass(5000);
  fixture.session.receive(el('presence', { from: `${RACK}/rack1`, type: 'unavailable' }));
  await fixture.time.pass(2000);
  expect([atFirst, titles()]).toEqual([
    [],
    [
      ['error', 'web: crashed'],
      ['error', 'Rack 1: offline'],
    ],
  ]);
});

it('blames no hypervisor for a server that stops', async () => {
  const { fixture } = await fleetOnline();
  fixture.session.receive(el('presence', { from: `${RACK}/rack1`, type: 'unavailable' }));
  await fixture.time.pass(500);
  fixture.lose();
  await fixture.time.pass(5000);
  expect(fixture.audience.told.notices).toEqual([]);
});
