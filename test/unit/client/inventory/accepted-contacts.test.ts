import { expect, it } from 'vitest';
import { err } from '../../../../core/lib/result.ts';
import { el, type XmlElement } from '../../../../core/xml/element.ts';
import { readerOf } from '../../../../core/xml/reader.ts';
import { NS } from '../../../../node/xmpp/namespaces.ts';
import { resultIq, type FakeRequest } from '../../../support/fake-session.ts';
import { settled } from '../../../support/manual-time.ts';
import { ApplicationFixture, jid } from '../application-fixture.ts';

const FRESH = jid('0a6b1a52-3f5e-4d86-9a4b-6a4c6d2ab8de@example.org');

type Item = Readonly<Record<string, string>>;

/** A server whose roster is these items; what is set there is lost, as when the link breaks under it. */
class Fixture extends ApplicationFixture {
  roster: readonly Item[] = [];

  constructor() {
    super((session) => (session.answer = (request) => this.#answer(request)));
  }

  /** What was sent to the new machine, from now on. */
  listen(): () => readonly string[] {
    const { session } = this;
    const from = session.sent.length;
    const toFresh = ({ attributes }: XmlElement): boolean => attributes['to'] === FRESH;
    return () =>
      session.sent
        .slice(from)
        .filter(toFresh)
        .map(({ attributes }) => attributes['type'] ?? '');
  }

  push(item: Item): void {
    const payload = el('query', { xmlns: NS.roster }, [el('item', item)]);
    const reader = readerOf(payload, NS.roster);
    void this.session.handlers.get(NS.roster)?.({
      from: '',
      to: '',
      id: 'p',
      type: 'set',
      payload: reader,
    });
  }

  async ask(): Promise<void> {
    this.session.receive(el('presence', { from: FRESH, type: 'subscribe' }));
    await settled();
  }

  #answer({ type, payload }: FakeRequest) {
    if (payload.attributes['xmlns'] !== NS.roster) return resultIq();
    if (type === 'set') this.lose();
    const items = this.roster.map((item) => el('item', item));
    return resultIq(el('query', { xmlns: NS.roster }, type === 'get' ? items : []));
  }
}

/** A machine that was let in while the link broke. */
async function acceptedAndCut(): Promise<Fixture> {
  const fixture = new Fixture();
  await fixture.connect();
  fixture.link.desk.expect({ jid: FRESH });
  await fixture.ask();
  return fixture;
}

it('asks again to see a machine that the server has as half accepted after the link broke', async () => {
  const fixture = await acceptedAndCut();
  fixture.roster = [{ jid: FRESH, name: 'new', subscription: 'from' }];
  const sent = fixture.listen();
  await fixture.reconnect();
  expect(sent()).toContain('subscribe');
});

it('answers a machine anew that asks again since the answer was lost', async () => {
  const fixture = await acceptedAndCut();
  const sent = fixture.listen();
  await fixture.reconnect();
  await fixture.ask();
  expect({ sent: sent(), requests: fixture.application.inventory.requests }).toEqual({
    sent: ['subscribed', 'subscribe'],
    requests: [],
  });
});

it('goes on with what it let in when the same stream goes on', async () => {
  const fixture = await acceptedAndCut();
  const sent = fixture.listen();
  fixture.session.become({ kind: 'online', jid: `${fixture.link.account}/test`, resumed: true });
  await settled();
  expect(sent()).toContain('subscribe');
});

it('leaves alone what the server has as asked for from both sides', async () => {
  const fixture = await acceptedAndCut();
  fixture.roster = [{ jid: FRESH, name: 'new', subscription: 'from', ask: 'subscribe' }];
  const sent = fixture.listen();
  await fixture.reconnect();
  fixture.roster = [{ jid: FRESH, name: 'new', subscription: 'from' }];
  await fixture.reconnect();
  expect(sent()).toEqual([]);
});

it('leaves alone what was removed from the roster since', async () => {
  const fixture = await acceptedAndCut();
  fixture.push({ jid: FRESH, subscription: 'remove' });
  fixture.roster = [{ jid: FRESH, name: 'new', subscription: 'from' }];
  const sent = fixture.listen();
  await fixture.reconnect();
  expect(sent()).toEqual([]);
});

it('does not bring back a machine that was deleted while the link was down', async () => {
  const fixture = await acceptedAndCut();
  fixture.session.answer = () => err({ code: 'unknown-outcome', because: 'disconnected' });
  await fixture.link.contacts.leave(FRESH);
  fixture.session.answer = () => resultIq();
  const from = fixture.session.requests.length;
  const sent = fixture.listen();
  fixture.session.become({ kind: 'online', jid: `${fixture.link.account}/test`, resumed: true });
  await settled();
  const set = fixture.session.requests.slice(from).filter(({ type }) => type === 'set');
  const subscriptions = set.flatMap(({ payload }) =>
    payload.children.flatMap((item) => (typeof item === 'string' ? [] : [item.attributes])),
  );
  expect({ sent: sent(), subscriptions }).toEqual({
    sent: [],
    subscriptions: [{ jid: FRESH, subscription: 'remove' }],
  });
});
