import { describe, expect, it } from 'vitest';
import { ManualClock } from '../../../../agent/hypervisor/simulated/manual-clock.ts';
import { el } from '../../../../core/xml/element.ts';
import { PresenceTable } from '../../../../node/xmpp/presence-table.ts';
import { FakeSession } from './fake-session.ts';

function scene(): { session: FakeSession; table: PresenceTable; clock: ManualClock } {
  const session = new FakeSession();
  const clock = new ManualClock(1000);
  const table = new PresenceTable(session, clock, (cause) => {
    throw cause;
  });
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

  it('announces to everyone or to one, with a priority', async () => {
    const { session, table } = scene();
    await table.announce({ status: 'Online (3)' }, { priority: 5, to: 'a@fake.test' });
    expect(session.sent).toEqual([
      el('presence', { to: 'a@fake.test' }, [el('status', {}, ['Online (3)']), priority('5')]),
    ]);
  });
});
