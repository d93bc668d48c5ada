import { describe, expect, it } from 'vitest';
import { ManualClock } from '../../../../agent/hypervisor/simulated/manual-clock.ts';
import { el } from '../../../../core/xml/element.ts';
import { PresenceTable } from '../../../../node/xmpp/presence-table.ts';
import { liveBytes } from '../../../support/live-memory.ts';
import { FakeSession } from './fake-session.ts';

function scene(isKnown: (jid: string) => boolean = () => true): {
  session: FakeSession;
  table: PresenceTable;
  clock: ManualClock;
} {
  const session = new FakeSession();
  const clock = new ManualClock(1000);
  const surprised = (cause: unknown): never => {
    throw cause;
  };
  const table = new PresenceTable(session, clock, surprised, isKnown);
  return { session, table, clock };
}

const priority = (value: string) => el('priority', {}, [value]);

describe('the presence table', () => {
  it('knows each resource, the most important first', () => {
    const { session, table, clock } = scene();
    session.presence('VM@Fake.test/One', undefined, [priority('1'), el('show', {}, ['away'])]);
    clock.step(5);
    session.presence('vm@fake.test/Two', undefined, [priority('10')]);
    expect(table.of('vm@fake.test')).toEqual([
      {
        resource: 'Two',
        presence: {},
        priority: 10,
        photoHash: undefined,
        receivedAt: 1005,
      },
      {
        resource: 'One',
        presence: { show: 'away' },
        priority: 1,
        photoHash: undefined,
        receivedAt: 1000,
      },
    ]);
    expect(table.fullJidOf('vm@fake.test')).toBe('vm@fake.test/Two');
  });

  it('forgets a resource that leaves, and all when the account leaves', () => {
    const { session, table } = scene();
    const left: string[] = [];
    for (const name of ['a', 'b', 'c']) session.presence(`vm@fake.test/${name}`);
    table.on('changed', ({ resource }) => left.push(resource));
    session.presence('vm@fake.test/b', 'unavailable');
    session.presence('vm@fake.test', 'unavailable');
    session.presence('vm@fake.test', 'unavailable');
    expect([left, table.of('vm@fake.test'), table.fullJidOf('vm@fake.test')]).toEqual([
      ['b', 'a', 'c'],
      [],
      undefined,
    ]);
  });

  it('reads the hash of a picture, and a priority that makes no sense as 0', () => {
    const { session, table } = scene();
    const update = el('x', { xmlns: 'vcard-temp:x:update' }, [el('photo', {}, ['abc'])]);
    session.presence('vm@fake.test/a', undefined, [update, priority('high')]);
    const [one] = table.of('vm@fake.test');
    expect([one?.photoHash, one?.priority]).toEqual(['abc', 0]);
  });

  it('is empty after a session began anew', () => {
    const { session, table } = scene();
    session.presence('vm@fake.test/a');
    session.emit('resynced', { jid: session.fullJid });
    expect(table.of('vm@fake.test')).toEqual([]);
  });

  it('keeps all contacts, and of strangers the last 500', () => {
    const { session, table } = scene((jid) => jid.startsWith('contact'));
    const names = (who: string): readonly string[] =>
      Array.from({ length: 600 }, (_nothing, at) => `${who}-${at}@fake.test`);
    for (const name of names('contact')) session.presence(`${name}/a`);
    for (const name of names('stranger')) session.presence(`${name}/a`);
    const kept = (who: string) => names(who).map((name) => table.of(name).length);
    expect([kept('contact'), kept('stranger')]).toEqual([
      names('contact').map(() => 1),
      names('stranger').map((_name, at) => (at < 100 ? 0 : 1)),
    ]);
  });

  it('keeps a stranger who was heard of again, or has become a contact', () => {
    const contacts = new Set<string>();
    const { session, table } = scene((jid) => contacts.has(jid));
    for (const name of ['again', 'friend', 'silent']) session.presence(`${name}@fake.test/a`);
    contacts.add('friend@fake.test');
    for (let at = 0; at < 498; at += 1) session.presence(`first-${at}@fake.test/a`);
    session.presence('again@fake.test/a');
    for (let at = 0; at < 10; at += 1) session.presence(`then-${at}@fake.test/a`);
    const kept = ['again', 'friend', 'silent'].map((name) => table.of(`${name}@fake.test`).length);
    expect(kept).toEqual([1, 1, 0]);
  });

  it('knows an entity by the 32 resources that it was heard of last', () => {
    const { session, table } = scene();
    for (let at = 0; at < 40; at += 1) session.presence(`vm@fake.test/${at}`);
    session.presence('vm@fake.test/8');
    session.presence('vm@fake.test/40');
    const resources = table.of('vm@fake.test').map(({ resource }) => Number(resource));
    expect(resources.sort((one, other) => one - other)).toEqual([
      8,
      ...Array.from({ length: 31 }, (_nothing, at) => at + 10),
    ]);
  });

  it('keeps no more of a text than means anything', () => {
    const { session, table } = scene();
    const text = 'x'.repeat(100_000);
    const texts = ['status', 'nick'].map((name) => el(name, {}, [text]));
    const update = el('x', { xmlns: 'vcard-temp:x:update' }, [el('photo', {}, [text])]);
    session.presence('vm@fake.test/a', undefined, [...texts, update]);
    const [one] = table.of('vm@fake.test');
    const kept = [one?.presence.status, one?.presence.nick, one?.photoHash];
    expect(kept.map((each) => each?.length)).toEqual([1000, 1000, 1000]);
  });

  it('keeps nothing of what a text was cut from', () => {
    const { session, table } = scene();
    const before = liveBytes();
    for (let count = 0; count < 100; count += 1) {
      // Text of its own, as it comes from a stream.
      const text = `${count}${'x'.repeat(250_000)}`;
      session.presence(`vm${count}@fake.test/a`, undefined, [el('status', {}, [text])]);
    }
    session.sent.length = 0;
    const grown = liveBytes() - before;
    expect(table.of('vm99@fake.test').length).toBe(1);
    expect(grown).toBeLessThan(5_000_000);
  });

  it('announces to everyone or to one, with a priority', async () => {
    const { session, table } = scene();
    await table.announce({ status: 'Online (3)' }, { priority: 5, to: 'a@fake.test' });
    expect(session.sent).toEqual([
      el('presence', { to: 'a@fake.test' }, [el('status', {}, ['Online (3)']), priority('5')]),
    ]);
  });
});
