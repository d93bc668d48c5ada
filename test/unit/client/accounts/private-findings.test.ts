import { expect, it } from 'vitest';
import { err } from '../../../../core/lib/result.ts';
import { el, type XmlElement } from '../../../../core/xml/element.ts';
import { resultIq, unavailable, type FakeAnswer } from '../../../support/fake-session.ts';
import { ACCOUNT, ApplicationFixture } from '../application-fixture.ts';
import { FakeFleet } from '../fake-fleet.ts';

const GONE = err({ code: 'disconnected' } as const);
const PREFERENCES = 'archipel:preferences';

/** Logs in to a server that answers so for each namespace of private storage. */
async function loggedIn(kept: Readonly<Record<string, () => FakeAnswer>>) {
  const fleet = new FakeFleet([]);
  let asked = 0;
  let delimiters = 0;
  const fixture = new ApplicationFixture((session) => {
    session.answer = (request) => {
      if (request.payload.attributes['xmlns'] !== 'jabber:iq:private') return fleet.answer(request);
      const [element] = request.payload.children as readonly XmlElement[];
      const namespace = element?.attributes['xmlns'] ?? '';
      if (namespace === PREFERENCES) asked += 1;
      else delimiters += 1;
      return kept[namespace]?.() ?? resultIq(request.payload);
    };
  });
  await fixture.connect();
  await fixture.time.pass(3000);
  const notices = () => fixture.audience.told.notices.map(({ title, hint }) => `${title} ${hint}`);
  return { fixture, notices, asked: () => asked, delimiters: () => delimiters };
}

function holding(element: XmlElement): () => FakeAnswer {
  return () => resultIq(el('query', { xmlns: 'jabber:iq:private' }, [element]));
}

const SETTINGS = el('archipel', { xmlns: PREFERENCES }, [
  el('entry', {}, ['hunter2']),
  el('entry', {}, ['more']),
]);

it('tells once what an earlier client keeps on the server, and never what it says', async () => {
  const { fixture, notices, asked } = await loggedIn({ [PREFERENCES]: holding(SETTINGS) });
  await fixture.reconnect();
  await fixture.time.pass(3000);
  expect([notices(), asked()]).toEqual([
    [
      'An earlier client keeps settings on the server that are not used here. ' +
        `${PREFERENCES}, 2 entries, of ${ACCOUNT}. They stay as they are, for that client.`,
    ],
    1,
  ]);
  const { storage, time } = fixture;
  await fixture.application.stop();
  const next = new ApplicationFixture(
    (session) => (session.answer = new FakeFleet([]).answer),
    storage,
    time,
  );
  await next.connect();
  await time.pass(3000);
  expect(next.audience.told.notices).toEqual([]);
});

it('says that a delimiter is damaged, and goes on with the default', async () => {
  const damaged = el('roster', { xmlns: 'roster:delimiter' }, [el('plist')]);
  const { fixture, notices } = await loggedIn({ 'roster:delimiter': holding(damaged) });
  expect(notices()).toEqual([
    'Settings that an earlier client kept on the server are damaged. ' +
      `roster:delimiter, one entry, of ${ACCOUNT}. The default is used; what is there stays as it is.`,
  ]);
  expect(fixture.application.accounts.list()[0]?.connection.name).toBe('online');
});

it('asks for the delimiter once, for itself and for what earlier clients left', async () => {
  const { fixture, delimiters } = await loggedIn({});
  await fixture.reconnect();
  await fixture.time.pass(3000);
  expect(delimiters()).toBe(1);
});

it('says nothing where the server keeps nothing, or has nowhere to keep it', async () => {
  const nowhere = { [PREFERENCES]: unavailable, 'roster:delimiter': unavailable };
  expect([(await loggedIn({})).notices(), (await loggedIn(nowhere)).notices()]).toEqual([[], []]);
});

it('looks again at the next log-in where the link broke meanwhile', async () => {
  let isBroken = true;
  const answer = () => (isBroken ? GONE : holding(SETTINGS)());
  const { fixture, notices, asked } = await loggedIn({ [PREFERENCES]: answer });
  expect(notices()).toEqual([]);
  isBroken = false;
  await fixture.reconnect();
  await fixture.time.pass(3000);
  expect([notices().length, asked()]).toEqual([1, 2]);
});
