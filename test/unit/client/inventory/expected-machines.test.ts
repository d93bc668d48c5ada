import { expect, it } from 'vitest';
import { el } from '../../../../core/xml/element.ts';
import { ApplicationFixture, jid } from '../application-fixture.ts';
import { FakeFleet } from '../fake-fleet.ts';

const FRESH = jid('5c0d47be-c463-4c5d-8c13-75f51709e152@example.org');

it('takes a machine that is known by the time another one was asked after', async () => {
  const fleet = new FakeFleet([]);
  const fixture = new ApplicationFixture((session) => (session.answer = fleet.answer));
  await fixture.connect();
  const { desk } = fixture.link;
  let answer = (_isIt: boolean): void => undefined;
  desk.expect({ isIt: () => new Promise((resolve) => (answer = resolve)) });
  fixture.session.receive(el('presence', { from: FRESH, type: 'subscribe' }));
  await fixture.time.pass(100);
  desk.expect({ jid: FRESH });
  answer(false);
  await fixture.time.pass(100);
  const answers = fixture.session.sent.filter(({ attributes }) => attributes['to'] === FRESH);
  expect({
    answers: answers.map(({ attributes }) => attributes['type']),
    waiting: fixture.application.inventory.requests,
  }).toEqual({ answers: ['subscribed', 'subscribe'], waiting: [] });
});

it('lets nobody in whom the user refuses while a hypervisor is asked', async () => {
  const fleet = new FakeFleet([]);
  const fixture = new ApplicationFixture((session) => (session.answer = fleet.answer));
  await fixture.connect();
  const { desk } = fixture.link;
  let answer = (_isIt: boolean): void => undefined;
  desk.expect({ isIt: () => new Promise((resolve) => (answer = resolve)) });
  fixture.session.receive(el('presence', { from: FRESH, type: 'subscribe' }));
  await fixture.time.pass(100);
  await desk.refuse(FRESH);
  answer(true);
  await fixture.time.pass(100);
  const answers = fixture.session.sent.filter(({ attributes }) => attributes['to'] === FRESH);
  expect(answers.map(({ attributes }) => attributes['type'])).toEqual(['unsubscribed']);
});

it('expects nobody any more whom the user has refused, however often he was ordered', async () => {
  const fleet = new FakeFleet([]);
  const fixture = new ApplicationFixture((session) => (session.answer = fleet.answer));
  await fixture.connect();
  const { desk } = fixture.link;
  desk.expect({ jid: FRESH });
  desk.expect({ jid: FRESH });
  await desk.refuse(FRESH);
  await fixture.time.pass(100);
  fixture.session.receive(el('presence', { from: FRESH, type: 'subscribe' }));
  await fixture.time.pass(100);
  expect(fixture.application.inventory.requests.map((one) => one.jid)).toEqual([FRESH]);
});
