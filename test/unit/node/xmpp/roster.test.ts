import { describe, expect, it, vi } from 'vitest';
import { el, type XmlElement } from '../../../../core/xml/element.ts';
import { type KeptRoster, Roster, type RosterItem } from '../../../../node/xmpp/roster.ts';
import type { SessionFacts } from '../../../../node/xmpp/session-types.ts';
import { expectOk } from '../../../support/expect-result.ts';
import { FakeSession } from './fake-session.ts';

const NS = 'jabber:iq:roster';

function rosterOn(session: FakeSession): Roster {
  return new Roster(session, (cause) => {
    throw cause;
  });
}

function item(jid: string, more: Record<string, string> = {}, groups: string[] = []): XmlElement {
  return el(
    'item',
    { jid, ...more },
    groups.map((group) => el('group', {}, [group])),
  );
}

const push = (...items: XmlElement[]): XmlElement => el('query', { xmlns: NS }, items);

describe('the roster', () => {
  it('reads contacts, and leaves out what names nobody', async () => {
    const session = new FakeSession();
    session.answer = [
      push(
        item('Host@Fake.test', { name: 'Host', subscription: 'both' }, ['Paris', 'Lab']),
        item('asked@fake.test', { ask: 'subscribe', subscription: 'strange' }),
        item(''),
        item('gone@fake.test', { subscription: 'remove' }),
      ),
    ];
    const read = expectOk(await rosterOn(session).load());
    expect(read).toEqual<RosterItem[]>([
      {
        jid: 'host@fake.test',
        name: 'Host',
        groups: ['Paris', 'Lab'],
        subscription: 'both',
        isAsked: false,
      },
      {
        jid: 'asked@fake.test',
        name: undefined,
        groups: [],
        subscription: 'none',
        isAsked: true,
      },
    ]);
  });

  it.each(['', 'user@fake.test', 'User@Fake.test'])('applies a push from "%s"', async (from) => {
    const session = new FakeSession();
    const roster = rosterOn(session);
    const answer = await session.ask(from, 'set', push(item('new@fake.test')));
    expect([answer.ok, [...roster.items.keys()]]).toEqual([true, ['new@fake.test']]);
  });

  it.each(['mallory@fake.test', 'fake.test', 'user@evil.test'])(
    'refuses a push from "%s"',
    async (from) => {
      const session = new FakeSession();
      const roster = rosterOn(session);
      const answer = await session.ask(from, 'set', push(item('mallory@fake.test')));
      expect([answer.ok, roster.items.size]).toEqual([false, 0]);
    },
  );

  it('removes on a push what the server removed', async () => {
    const session = new FakeSession();
    session.answer = [push(item('a@fake.test'), item('b@fake.test'))];
    const roster = rosterOn(session);
    await roster.load();
    await session.ask('', 'set', push(item('a@fake.test', { subscription: 'remove' })));
    expect([...roster.items.keys()]).toEqual(['b@fake.test']);
  });

  it('applies a push that comes while the whole is read after it', async () => {
    const session = new FakeSession();
    session.answer = [push(item('a@fake.test', { name: 'Old' }))];
    const roster = rosterOn(session);
    const loading = roster.load();
    await session.ask('', 'set', push(item('a@fake.test', { name: 'New' })));
    await loading;
    expect(roster.items.get('a@fake.test')?.name).toBe('New');
  });

  it('keeps who asks until the question is answered', async () => {
    const session = new FakeSession();
    const roster = rosterOn(session);
    const nick = el('nick', { xmlns: 'http://jabber.org/protocol/nick' }, ['New VM']);
    session.presence('vm@fake.test', 'subscribe', [nick]);
    expect([...roster.requests.values()]).toEqual([
      { jid: 'vm@fake.test', nick: 'New VM', text: '' },
    ]);
    await roster.accept('vm@fake.test');
    expect([roster.requests.size, session.sent]).toEqual([
      0,
      [el('presence', { to: 'vm@fake.test', type: 'subscribed' })],
    ]);
  });

  it('keeps the 200 who asked last, and no more of their words than is read', () => {
    const session = new FakeSession();
    const roster = rosterOn(session);
    const words = el('status', {}, ['x'.repeat(100_000)]);
    session.presence('first@fake.test', 'subscribe');
    session.presence('again@fake.test', 'subscribe');
    for (let at = 0; at < 199; at += 1) session.presence(`vm-${at}@fake.test`, 'subscribe');
    session.presence('again@fake.test', 'subscribe', [words]);
    const kept = ['first', 'vm-0', 'again'].map((name) => roster.requests.get(`${name}@fake.test`));
    expect([roster.requests.size, kept.map((one) => one?.text.length)]).toEqual([
      200,
      [undefined, 0, 1000],
    ]);
  });

  it('tells the answers of contacts', () => {
    const session = new FakeSession();
    const answers: string[] = [];
    rosterOn(session).on('answered', ({ answer }) => answers.push(answer));
    for (const type of ['subscribed', 'unsubscribed', 'unsubscribe']) {
      session.presence('vm@fake.test', type);
    }
    expect(answers).toEqual(['subscribed', 'unsubscribed', 'unsubscribe']);
  });

  it('walks over none of 5,000 contacts when a push tells of one, and tells of that alone', async () => {
    const session = new FakeSession();
    const jids = Array.from({ length: 5000 }, (_, index) => `vm${index}@fake.test`);
    session.answer = [push(...jids.map((jid) => item(jid, {}, ['All'])))];
    const roster = rosterOn(session);
    await roster.load();
    const told: (readonly RosterItem[])[] = [];
    roster.on('changed', ({ items }) => told.push(items));
    const walks = (['keys', 'values', 'entries', 'forEach', Symbol.iterator] as const).map((way) =>
      vi.spyOn(Map.prototype, way as 'entries'),
    );
    for (const jid of jids.slice(0, 50)) {
      await session.ask('', 'set', push(item(jid, { name: 'New' })));
    }
    const walkedOver: readonly unknown[] = walks.flatMap(({ mock }) => mock.contexts);
    vi.restoreAllMocks();
    expect([roster.items.size, walkedOver.includes(roster.items)]).toEqual([5000, false]);
    expect(told.map((items) => items.map(({ jid }) => jid))).toEqual(
      jids.slice(0, 50).map((jid) => [jid]),
    );
  });
});

describe('the versions of a roster', () => {
  const KEPT = {
    version: 'v1',
    items: [
      {
        jid: 'kept@fake.test',
        name: 'Kept',
        groups: ['Lab'],
        subscription: 'both',
        isAsked: false,
      },
    ],
  } as const;

  function versioned(kept: KeptRoster | undefined, hasRosterVersions = true) {
    const session = new FakeSession();
    session.facts = { ...FACTS, hasRosterVersions };
    const fail = (cause: unknown): never => {
      throw cause;
    };
    const roster = new Roster(session, fail, async () => kept);
    const asked = () => session.asked.map(({ payload }) => payload.attributes['ver']);
    return { session, roster, asked };
  }

  it('names what was kept, and takes an empty answer for that', async () => {
    const { roster, asked } = versioned(KEPT);
    const read = expectOk(await roster.load());
    expect([read, asked(), roster.version]).toEqual([KEPT.items, ['v1'], 'v1']);
  });

  it('takes what is sent in the place of what was kept', async () => {
    const { session, roster } = versioned(KEPT);
    session.answer = [el('query', { xmlns: NS, ver: 'v2' }, [item('new@fake.test')])];
    await roster.load();
    expect([[...roster.items.keys()], roster.version]).toEqual([['new@fake.test'], 'v2']);
  });

  it('asks for all of it where nothing was kept, and takes an empty answer for no contacts', async () => {
    const { roster, asked } = versioned(undefined);
    expect([expectOk(await roster.load()), asked()]).toEqual([[], ['']]);
  });

  it('names no version to a server that has none', async () => {
    const { session, roster, asked } = versioned(KEPT, false);
    session.answer = [push(item('new@fake.test'))];
    await roster.load();
    expect([[...roster.items.keys()], asked()]).toEqual([['new@fake.test'], [undefined]]);
  });

  it('names the version of the last push at the next log-in, with the contacts as they are then', async () => {
    const { session, roster, asked } = versioned(KEPT);
    await roster.load();
    const change = el('query', { xmlns: NS, ver: 'v2' }, [item('new@fake.test')]);
    await session.ask('', 'set', change);
    const read = expectOk(await roster.load());
    expect([read.map(({ jid }) => jid), asked()]).toEqual([
      ['kept@fake.test', 'new@fake.test'],
      ['v1', 'v2'],
    ]);
  });
});

const FACTS: SessionFacts = {
  jid: 'user@fake.test/here',
  host: 'fake.test',
  port: 5222,
  directTls: false,
  tlsVersion: undefined,
  cipher: undefined,
  certificate: undefined,
  isPinned: false,
  mechanism: 'SCRAM-SHA-256',
  streamManagement: 'off',
  hasRosterVersions: true,
};
