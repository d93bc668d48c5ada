import { expect, it } from 'vitest';
import { el } from '../../../../core/xml/element.ts';
import { ApplicationFixture, jid } from '../application-fixture.ts';
import { FakeFleet } from '../fake-fleet.ts';

const FRESH = jid('5c0d47be-c463-4c5d-8c13-75f51709e152@example.org');

async function deskOnline() {
  const fleet = new FakeFleet([]);
  const fixture = new ApplicationFixture((session) => (session.answer = fleet.answer));
  await fixture.connect();
  const { desk } = fixture.link;
  const asks = async () => {
    fixture.session.receive(el('presence', { from: FRESH, type: 'subscribe' }));
    await fixture.time.pass(100);
  };
  /** A hypervisor is asked what it made, and answers when the test says so. */
  const ordered = () => {
    let answer = (_isIt: boolean): void => undefined;
    desk.expect({ isIt: () => new Promise((resolve) => (answer = resolve)) });
    return async (isIt: boolean) => {
      answer(isIt);
      await fixture.time.pass(100);
    };
  };
  const waiting = () => fixture.application.inventory.requests.map((one) => one.jid);
  const sent = () => {
    const stanzas = fixture.session.sent.filter(({ attributes }) => attributes['to'] === FRESH);
    return stanzas.map(({ attributes }) => attributes['type']);
  };
  return { desk, asks, ordered, waiting, sent, time: fixture.time };
}

it('takes a machine that is known by the time another one was asked after', async () => {
  const { desk, asks, ordered, waiting, sent } = await deskOnline();
  const answer = ordered();
  await asks();
  desk.expect({ jid: FRESH });
  await answer(false);
  expect([sent(), waiting()]).toEqual([['subscribed', 'subscribe'], []]);
});

it('lets nobody in whom the user refuses while a hypervisor is asked', async () => {
  const { desk, asks, ordered, waiting, sent } = await deskOnline();
  const answer = ordered();
  await asks();
  await desk.refuse(FRESH);
  await answer(true);
  expect([sent(), waiting()]).toEqual([['unsubscribed'], []]);
});

it('expects nobody any more whom the user has refused, however often he was ordered', async () => {
  const { desk, asks, waiting, sent, time } = await deskOnline();
  desk.expect({ jid: FRESH });
  desk.expect({ jid: FRESH });
  await desk.refuse(FRESH);
  await time.pass(100);
  await asks();
  expect([sent(), waiting()]).toEqual([['unsubscribed'], [FRESH]]);
});
