import { expect, it } from 'vitest';
import { el } from '../../../../core/xml/element.ts';
import { ApplicationFixture, jid } from '../application-fixture.ts';
import { FakeFleet, presenceOf } from '../fake-fleet.ts';

const RACK = jid('rack1@example.org');
const OTHER = jid('rack2@example.org');
const FRESH = jid('5c0d47be-c463-4c5d-8c13-75f51709e152@example.org');

it('takes a machine that is known by the time another one was asked after', async () => {
  const fleet = new FakeFleet([]);
  const fixture = new ApplicationFixture((session) => (session.answer = fleet.answer));
  await fixture.connect();
  const { desk } = fixture.link;
  let answer = (_nodes: ReadonlySet<string>): void => undefined;
  desk.expect({ hypervisor: RACK, find: () => new Promise((resolve) => (answer = resolve)) });
  fixture.session.receive(el('presence', { from: FRESH, type: 'subscribe' }));
  await fixture.time.pass(100);
  desk.expect({ jid: FRESH });
  answer(new Set());
  await fixture.time.pass(100);
  const answers = fixture.session.sent.filter(({ attributes }) => attributes['to'] === FRESH);
  expect({
    answers: answers.map(({ attributes }) => attributes['type']),
    waiting: fixture.application.inventory.requests,
  }).toEqual({ answers: ['subscribed', 'subscribe'], waiting: [] });
});

it('asks after one who waits when the hypervisor has news that was asked, and no other', async () => {
  const fleet = new FakeFleet([RACK, OTHER].map((one) => ({ jid: one, name: one })));
  const fixture = new ApplicationFixture((session) => (session.answer = fleet.answer));
  await fixture.connect();
  const made = new Set<string>();
  const asked: string[] = [];
  const find = async () => {
    asked.push([...made].join());
    return made;
  };
  fixture.link.desk.expect({ hypervisor: RACK, find });
  fixture.session.receive(el('presence', { from: FRESH, type: 'subscribe' }));
  await fixture.time.pass(100);
  made.add(FRESH.split('@')[0] ?? '');
  fixture.session.receive(presenceOf(`${OTHER}/rack2`, 'Online (1)'));
  await fixture.time.pass(3000);
  const meanwhile = fixture.application.inventory.requests.map((one) => one.jid);
  fixture.session.receive(presenceOf(`${RACK}/rack1`, 'Online (1)'));
  await fixture.time.pass(3000);
  const { requests } = fixture.application.inventory;
  expect([asked.length, meanwhile, requests]).toEqual([2, [FRESH], []]);
});
