import { describe, expect, it } from 'vitest';
import type { AccountSettings } from '../../../../core/contract/accounts.ts';
import { el } from '../../../../core/xml/element.ts';
import {
  GrantLimit,
  isAuthorised,
  withAuthorised,
} from '../../../../client/inventory/standing-authorisation.ts';
import { settled } from '../../../support/manual-time.ts';
import { ACCOUNT, ApplicationFixture, jid, WINDOW } from '../application-fixture.ts';
import { FakeFleet } from '../fake-fleet.ts';

const settings: AccountSettings = {
  jid: ACCOUNT,
  resource: '',
  connectAtStart: true,
  rememberPassword: false,
};
const BOB = jid('bob@example.org');
const MALLORY = jid('mallory@sub.example.org');

async function online() {
  const fleet = new FakeFleet([]);
  const fixture = new ApplicationFixture((session) => (session.answer = fleet.answer));
  await fixture.connect();
  const ask = async (...from: readonly string[]) => {
    for (const one of from) {
      fixture.session.receive(el('presence', { from: one, type: 'subscribe' }));
      await settled();
    }
  };
  const sentTo = (type: string) =>
    fixture.session.sent
      .filter(({ attributes }) => attributes['type'] === type)
      .map(({ attributes }) => attributes['to']);
  const waiting = () => fixture.application.inventory.requests.map((one) => one.jid);
  const titles = () => fixture.audience.told.notices.map(({ title }) => title);
  const change = (authorise: NonNullable<AccountSettings['authorise']>) =>
    fixture.application.handlers.accounts.update({ ...settings, authorise }, WINDOW);
  return { fixture, ask, sentTo, waiting, titles, change };
}

describe('what is authorised', () => {
  it('is nobody, until the user says so', () => {
    expect(isAuthorised(settings, BOB)).toBe(false);
  });

  it('is who was chosen, or the own domain and no other, and never the account itself', () => {
    const domain = { ...settings, authorise: { ownDomain: true, jids: [] } };
    const chosen = withAuthorised(withAuthorised(settings, MALLORY), MALLORY);
    expect(chosen.authorise).toEqual({ ownDomain: false, jids: [MALLORY] });
    expect([
      ...[BOB, MALLORY, ACCOUNT].map((one) => isAuthorised(domain, one)),
      ...[BOB, MALLORY].map((one) => isAuthorised(chosen, one)),
    ]).toEqual([true, false, false, false, true]);
  });

  it('is no more than a hundred within ten minutes', () => {
    const limit = new GrantLimit();
    const granted = Array.from({ length: 150 }, () => limit.take(1000)).filter(Boolean).length;
    expect([granted, limit.take(500_000), limit.take(601_001)]).toEqual([100, false, true]);
  });
});

describe('a subscription request', () => {
  it('waits for the user, who can accept it always, also the next time', async () => {
    const { fixture, ask, sentTo, waiting, titles } = await online();
    await ask(BOB);
    expect([sentTo('subscribed'), waiting()]).toEqual([[], [BOB]]);
    const input = { account: ACCOUNT, jid: BOB, accept: true, always: true };
    fixture.application.runs.start({ command: 'contact.answer-request', targets: [], input });
    await settled();
    expect(fixture.application.accounts.list()[0]?.settings.authorise?.jids).toEqual([BOB]);
    await ask(BOB, MALLORY);
    expect([sentTo('subscribed'), waiting(), titles()]).toEqual([
      [BOB, BOB],
      [MALLORY],
      [`${BOB} may see your presence.`],
    ]);
  });

  it('of the own domain is granted from the moment the user says so, and no more once it is taken back', async () => {
    const { ask, sentTo, waiting, change } = await online();
    await ask(BOB, MALLORY);
    await change({ ownDomain: true, jids: [] });
    await settled();
    expect([sentTo('subscribed'), waiting()]).toEqual([[BOB], [MALLORY]]);
    await change({ ownDomain: false, jids: [] });
    await ask('carol@example.org');
    expect([sentTo('subscribed'), waiting()]).toEqual([[BOB], [MALLORY, 'carol@example.org']]);
  });
});
