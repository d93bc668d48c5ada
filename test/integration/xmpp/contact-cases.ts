import { findDelimiter, findPrivate } from '../../../client/accounts/private-findings.ts';
import { el, type ElementReader } from '../../../core/xml/element.ts';
import { systemClock } from '../../../node/xmpp/clock.ts';
import { childOf, childText } from '../../../node/xmpp/elements.ts';
import { type PresenceEvents, PresenceTable } from '../../../node/xmpp/presence-table.ts';
import { readPrivate, writePrivate } from '../../../node/xmpp/private-storage.ts';
import {
  type KeptRoster,
  Roster,
  type RosterEvents,
  type SubscriptionRequest,
} from '../../../node/xmpp/roster.ts';
import { fetchVcard, publishVcard } from '../../../node/xmpp/vcard.ts';
import type { TestUser, XmppServerDescription } from '../../support/xmpp-daemon.ts';
import { expectOk } from '../../support/expect-result.ts';
import { Heard } from './heard.ts';
import { Visitors } from './visitors.ts';
import { expect, it } from 'vitest';

/** Contacts, presence, messages and what an account keeps. */
export function contactCases(server: () => XmppServerDescription): void {
  const visitors = new Visitors(server);
  const user = (index: number): TestUser => server().users[index]!;
  const fail = (cause: unknown): never => {
    throw cause;
  };

  it('keeps contacts and pushes changes to every resource', async () => {
    const [first, second] = [await visitors.online(user(0)), await visitors.online(user(0))];
    const [mine, theirs] = [new Roster(first, fail), new Roster(second, fail)];
    expectOk(await mine.load());
    expectOk(await theirs.load());
    const changes = new Heard<RosterEvents['changed']>((listener) =>
      theirs.on('changed', listener),
    );
    const jid = `friend@${server().domain}`;
    expectOk(await mine.set(jid, 'A friend', ['Hosts::Paris', 'Élysée 😀']));
    const item = {
      jid,
      name: 'A friend',
      groups: ['Hosts::Paris', 'Élysée 😀'],
      subscription: 'none',
      isAsked: false,
    };
    const pushed = await changes.next(({ items }) => items.some((one) => one.jid === jid));
    const sorted = pushed.items.map((one) => ({ ...one, groups: [...one.groups].sort() }));
    expect(sorted).toEqual([item]);
    expectOk(await mine.remove(jid));
    expect(await changes.next(({ removed }) => removed.length > 0)).toEqual({
      items: [],
      removed: [jid],
    });
    expect(theirs.items.has(jid)).toBe(false);
  });

  it('is told no roster again that it has, and the whole where it has changed meanwhile', async () => {
    const jid = `versioned@${server().domain}`;
    const before = new Roster(await visitors.online(user(0)), fail, async () => undefined);
    expectOk(await before.load());
    expectOk(await before.set(jid, 'First', ['Paris']));
    const answers: string[] = [];
    const kept = await readAnew(undefined);
    const again = await readAnew(kept, answers);
    expectOk(await before.set(jid, 'Second', ['Paris']));
    const changed = await readAnew(kept, answers);
    const all = await readAnew(undefined);
    expectOk(await before.remove(jid));
    const nameIn = ({ items }: KeptRoster) => items.find((one) => one.jid === jid)?.name;
    expect({
      wasTold: answers.map((text) => text.includes('<query')),
      again: again.items,
      changed: changed.items,
      names: [kept, changed].map(nameIn),
    }).toEqual({
      wasTold: [false, true],
      again: kept.items,
      changed: all.items,
      names: ['First', 'Second'],
    });
  });

  /** The roster as a new session reads it that knows what was kept; notes how the server answers. */
  async function readAnew(
    kept: KeptRoster | undefined,
    answers: string[] = [],
  ): Promise<KeptRoster> {
    const session = await visitors.online(user(0), { redact: (text) => text });
    const answered = session.on('stanza', ({ direction, text }) => {
      if (direction === 'received' && text.includes('type="result"')) answers.push(text);
    });
    const roster = new Roster(session, fail, async () => kept);
    const items = expectOk(await roster.load());
    answered();
    return { version: roster.version ?? '', items };
  }

  it('lets two accounts subscribe to each other and shows presence', async () => {
    const [alice, bob] = [await visitors.online(user(0)), await visitors.online(user(1))];
    const [hers, his] = [new Roster(alice, fail), new Roster(bob, fail)];
    expectOk(await hers.load());
    expectOk(await his.load());
    const table = new PresenceTable(alice, systemClock, fail);
    const presences = new Heard<PresenceEvents['changed']>((listener) =>
      table.on('changed', listener),
    );
    const requests = new Heard<SubscriptionRequest>((listener) => his.on('requested', listener));
    const announce = { status: 'Running' };
    expectOk(await new PresenceTable(bob, systemClock, fail).announce(announce, { priority: 5 }));
    expectOk(await table.announce({}));
    expectOk(await hers.subscribe(user(1).jid));
    expect((await requests.next(() => true)).jid).toBe(user(0).jid);
    expectOk(await his.accept(user(0).jid));
    const seen = await presences.next(({ jid }) => jid === user(1).jid);
    expect(seen.presence).toMatchObject({ presence: announce, priority: 5 });
    expect(table.fullJidOf(user(1).jid)).toBe(bob.fullJid);
    await bob.disconnect();
    const left = await presences.next(({ presence }) => presence === undefined);
    expect(left.jid).toBe(user(1).jid);
    expectOk(await hers.remove(user(1).jid));
  });

  it('carries messages with every character that XML can', async () => {
    const [alice, bob] = [await visitors.online(user(0)), await visitors.online(user(1))];
    expectOk(await bob.send(el('presence')));
    const messages = new Heard<ElementReader>((listener) => bob.on('message', listener));
    const text = `<&>"' é€😀 line\nline\ttab \u0001 end`;
    const body = el('body', {}, [text]);
    expectOk(await alice.send(el('message', { to: bob.fullJid!, type: 'chat' }, [body])));
    const message = await messages.next((one) => childOf(one, 'body') !== undefined);
    expect(childText(message, 'body')).toBe(text.replace('\u0001', '\ufffd'));
  });

  it('keeps a vCard with a picture', async () => {
    const session = await visitors.online(user(0));
    const photo = { mime: 'image/png', data: Buffer.alloc(3000, 7).toString('base64') };
    const vcard = { fullName: 'Alice', role: 'human', organisation: 'Archipel', photo };
    expectOk(await publishVcard(session, vcard));
    expect(expectOk(await fetchVcard(session, undefined))).toEqual({
      vcard,
      isPhotoTooLarge: false,
    });
    const other = await visitors.online(user(1));
    expect(expectOk(await fetchVcard(other, user(0).jid)).vcard.role).toBe('human');
  });

  it('reads private storage once and reports damaged data', async ({ skip }) => {
    skip(!server().hasPrivateStorage, 'no private storage');
    const session = await visitors.online(user(2));
    const read = async () =>
      readPrivate(session, 'archipel', 'archipel:settings', (element) => {
        const parsed: unknown = JSON.parse(element.text());
        return parsed;
      });
    expect(await read()).toEqual({ ok: false, error: { code: 'empty' } });
    const kept = (text: string) => el('archipel', { xmlns: 'archipel:settings' }, [text]);
    expectOk(await writePrivate(session, kept('{"theme":"dark"}')));
    expect(await read()).toEqual({ ok: true, value: { theme: 'dark' } });
    expectOk(await writePrivate(session, kept('{"theme":')));
    expect(await read()).toMatchObject({ ok: false, error: { code: 'damaged' } });
  });

  it('finds what earlier clients kept, and what of it is damaged', async ({ skip }) => {
    skip(!server().hasPrivateStorage, 'no private storage');
    const session = await visitors.online(user(1));
    const found = async () => expectOk(await findPrivate(session));
    expect(await found()).toEqual([]);
    const settings = ['one', 'two'].map((name) => el('entry', { name }, ['secret']));
    expectOk(
      await writePrivate(session, el('archipel', { xmlns: 'archipel:preferences' }, settings)),
    );
    const delimiter = el('roster', { xmlns: 'roster:delimiter' }, ['not a delimiter at all']);
    expectOk(await writePrivate(session, delimiter));
    expect(await found()).toEqual([
      { namespace: 'archipel:preferences', entries: 2, isDamaged: false },
      { namespace: 'roster:delimiter', entries: 1, isDamaged: true },
    ]);
  });

  it('keeps the delimiter of nested groups', async ({ skip }) => {
    skip(!server().hasPrivateStorage, 'no private storage');
    const session = await visitors.online(user(2));
    expect(expectOk(await findDelimiter(session))).toEqual({ delimiter: '::', isDamaged: false });
    expectOk(await writePrivate(session, el('roster', { xmlns: 'roster:delimiter' }, ['/'])));
    expect(expectOk(await findDelimiter(session))).toEqual({ delimiter: '/', isDamaged: false });
  });
}
