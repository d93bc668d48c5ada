import { expect, it } from 'vitest';
import { UserDirectory } from '../../../../agent/users/user-directory.ts';
import type { ServerUsers } from '../../../../agent/users/server-users.ts';
import type { BareJid } from '../../../../core/domain/jid.ts';
import { ok } from '../../../../core/lib/result.ts';
import { expectErr, expectOk } from '../../../support/expect-result.ts';

const UUID = '0b5d1d0e-6f3a-4c55-9d0f-1b8f5a2e7c41';

/** A server whose accounts can change, and that counts what it is asked. */
class CountedServer implements ServerUsers {
  accounts: BareJid[] = [];
  counts = 0;
  lists = 0;

  constructor(...nodes: readonly string[]) {
    for (const node of nodes) this.add(node);
  }

  add(node: string): void {
    this.accounts.push(`${node}@example.org` as BareJid);
  }

  count = async () => {
    this.counts += 1;
    return ok(this.accounts.length);
  };
  list = async () => {
    this.lists += 1;
    return ok([...this.accounts]);
  };
  register = async () => ok(undefined);
  unregister = async () => ok(undefined);
  changePassword = async () => ok(undefined);
}

function directoryOf(users: ServerUsers, clock = { now: 0 }): UserDirectory {
  return new UserDirectory({
    users,
    isHypervisor: (jid) => jid === 'atoll@example.org',
    now: () => clock.now,
  });
}

it('tells what each account is, sorted', async () => {
  const directory = directoryOf(new CountedServer('erin', UUID, 'atoll', 'dave'));
  expect(expectOk(await directory.page(0, false))).toEqual([
    { jid: `${UUID}@example.org`, type: 'virtualmachine' },
    { jid: 'atoll@example.org', type: 'hypervisor' },
    { jid: 'dave@example.org', type: 'user' },
    { jid: 'erin@example.org', type: 'user' },
  ]);
  expect(expectOk(await directory.page(0, true)).map(({ jid }) => jid)).toEqual([
    'dave@example.org',
    'erin@example.org',
  ]);
});

it('gives pages of 50, and none behind the last', async () => {
  const nodes = Array.from({ length: 120 }, (_, index) => `u${String(index).padStart(3, '0')}`);
  const directory = directoryOf(new CountedServer(...nodes));
  const sizes = [];
  for (const page of [0, 1, 2, 3]) sizes.push(expectOk(await directory.page(page, true)).length);
  expect(sizes).toEqual([50, 50, 20, 0]);
  expect(expectOk(await directory.page(2, true))[0]?.jid).toBe('u100@example.org');
});

it('lists the server once for all who ask at the same time', async () => {
  const server = new CountedServer('dave');
  const directory = directoryOf(server);
  await Promise.all([directory.number(true), directory.page(0, true), directory.page(0, false)]);
  expect([server.counts, server.lists]).toEqual([1, 1]);
});

it('lists the server anew when it counts other accounts or the list is old, and only then', async () => {
  const server = new CountedServer('dave');
  const clock = { now: 0 };
  const directory = directoryOf(server, clock);
  await directory.page(0, true);
  await directory.page(0, true);
  const unchanged = server.lists;
  server.add('erin');
  const pageOne = expectOk(await directory.page(1, true));
  expect(expectOk(await directory.number(true))).toBe(2);
  const grown = server.lists;
  clock.now = 60_000;
  await directory.page(0, true);
  expect([unchanged, pageOne.length, grown, server.lists]).toEqual([1, 0, 2, 3]);
});

it('lists the server anew after an order of ours, although it has as many accounts', async () => {
  const server = new CountedServer('dave');
  const directory = directoryOf(server);
  await directory.page(0, true);
  server.accounts = [];
  server.add('erin');
  directory.outdate();
  expect(expectOk(await directory.page(0, true))).toEqual([
    { jid: 'erin@example.org', type: 'user' },
  ]);
});

it('finds text of any case, and looks at the server before it says that there is nothing', async () => {
  const server = new CountedServer('dave', 'mary-ann');
  const directory = directoryOf(server);
  expect(expectOk(await directory.filter('ARY-'))).toEqual([
    { jid: 'mary-ann@example.org', type: 'user' },
  ]);
  server.add('zoe');
  expect(expectOk(await directory.filter('zoe'))).toHaveLength(1);
});

it('refuses a search that finds more than a thousand', async () => {
  const nodes = Array.from({ length: 1001 }, (_, index) => `u${index}`);
  const directory = directoryOf(new CountedServer(...nodes));
  expect(expectErr(await directory.filter('u'))).toContain('Too much users returned (1001)');
  expect(expectOk(await directory.filter('u1000'))).toHaveLength(1);
});
