import { expect, it } from 'vitest';
import { Leases } from '../../../../agent/entities/leases.ts';
import type { BareJid } from '../../../../core/domain/jid.ts';

const ADA = 'ada@example.org' as BareJid;
const BOB = 'bob@example.org' as BareJid;
const who = (resource: string, jid = ADA) => ({ jid, from: `${jid}/${resource}` });
const NOW = { nowMs: 0, seconds: 10 };

/** What sessions have at a moment. */
function valuesAt(leases: Leases<string>, nowMs: number): readonly string[] {
  return leases.at(nowMs).map(({ value }) => value);
}

it('replaces the lease of a session, and ends each in its time', () => {
  const leases = new Leases<string>({ most: 3, mostOfUser: 3 });
  leases.begin(who('desk'), 'one', NOW);
  leases.begin(who('sofa'), 'two', NOW);
  leases.begin(who('desk'), 'three', { nowMs: 5000, seconds: 10 });
  expect([valuesAt(leases, 9999), valuesAt(leases, 10_000)]).toEqual([['three', 'two'], ['three']]);
  leases.end(who('desk').from);
  expect(leases.count).toBe(0);
});

it('has room for others when one user has all that it may, and renews also when it is full', () => {
  const leases = new Leases<string>({ most: 2, mostOfUser: 1 });
  leases.begin(who('desk'), 'one', NOW);
  const own = leases.begin(who('sofa'), 'two', NOW);
  const others = leases.begin(who('desk', BOB), 'three', NOW);
  const beyond = leases.begin(who('desk', 'eve@example.org' as BareJid), 'four', NOW);
  const renewed = leases.begin(who('desk'), 'five', NOW);
  const later = leases.begin(who('sofa'), 'six', { nowMs: 10_000, seconds: 10 });
  expect([own, others.ok, beyond, renewed.ok, later.ok]).toEqual([
    { ok: false, error: 'You have 1 subscriptions already; end one of your sessions.' },
    true,
    { ok: false, error: 'There are 2 subscriptions already; try again later.' },
    true,
    true,
  ]);
});
