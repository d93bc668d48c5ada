import type { Element } from '@xmpp/xml';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { EmbeddedServer } from '../../../../demo/server/server.ts';
import { RawClient } from '../raw-client.ts';
import { DOMAIN, jid, startTestServer } from '../servers.ts';

let server: EmbeddedServer;
let admin: RawClient;

beforeEach(async () => {
  server = await startTestServer();
  admin = await RawClient.online(server, 'admin', 'desk');
});

afterEach(async () => server.stop());

async function command(
  client: RawClient,
  name: string,
  inner = '',
  attributes = '',
): Promise<Element> {
  const ns = 'http://jabber.org/protocol/commands';
  const node = `http://jabber.org/protocol/admin#${name}`;
  const element = `<command xmlns='${ns}' node='${node}'${attributes}>${inner}</command>`;
  return client.request('set', element, DOMAIN);
}

function form(fields: Readonly<Record<string, string>>): string {
  const all = Object.entries(fields).map(([name, value]) => {
    return `<field var='${name}'><value>${value}</value></field>`;
  });
  return `<x xmlns='jabber:x:data' type='submit'>${all.join('')}</x>`;
}

function outcome(answer: Element): string {
  const error = answer.getChild('error')?.getChildElements()[0]?.name;
  return error ?? String(answer.getChild('command')?.attrs['status']);
}

function values(answer: Element): string[] {
  const fields = answer.getChild('command')?.getChild('x')?.getChildren('field') ?? [];
  return fields
    .slice(1)
    .flatMap((field) => field.getChildren('value').map((value) => value.text()));
}

describe('the administration commands', () => {
  it('ask for what they need, then do it', async () => {
    const asked = await command(admin, 'add-user');
    const session = String(asked.getChild('command')?.attrs['sessionid']);
    const fields = asked.getChild('command')?.getChild('x')?.getChildren('field');
    expect([outcome(asked), fields?.map((field) => field.attrs['var'] as string)]).toEqual([
      'executing',
      ['FORM_TYPE', 'accountjid', 'password', 'password-verify'],
    ]);
    const filled = { accountjid: `vm@${DOMAIN}`, password: 'p', 'password-verify': 'p' };
    const done = await command(admin, 'add-user', form(filled), ` sessionid='${session}'`);
    expect([outcome(done), server.domain.accounts.isPassword(jid(`vm@${DOMAIN}`), 'p')]).toEqual([
      'completed',
      true,
    ]);
  });

  it('are done in one step when all is given, as the central agent does', async () => {
    const who = { accountjid: `bob@${DOMAIN}` };
    const changed = await command(admin, 'change-user-password', form({ ...who, password: 'new' }));
    const deleted = await command(admin, 'delete-user', form({ accountjids: `bob@${DOMAIN}` }));
    const again = await command(admin, 'delete-user', form({ accountjids: `bob@${DOMAIN}` }));
    expect([changed, deleted, again].map(outcome)).toEqual([
      'completed',
      'completed',
      'item-not-found',
    ]);
  });

  it('refuse what cannot be, and may be cancelled', async () => {
    const pair = { password: 'p', 'password-verify': 'q' };
    expect([
      outcome(await command(admin, 'add-user', form({ accountjid: `x@${DOMAIN}`, ...pair }))),
      outcome(await command(admin, 'add-user', form({ accountjid: 'x@other', password: 'p' }))),
      outcome(
        await command(admin, 'add-user', form({ accountjid: `bob@${DOMAIN}`, password: 'p' })),
      ),
      outcome(await command(admin, 'fly')),
      outcome(await command(admin, 'add-user', '', " action='cancel'")),
    ]).toEqual(['not-acceptable', 'jid-malformed', 'conflict', 'item-not-found', 'canceled']);
  });

  it('count and list accounts, in pages when asked for', async () => {
    const page = (inner: string): string => {
      return `<set xmlns='http://jabber.org/protocol/rsm'>${inner}</set>`;
    };
    const list = async (inner = ''): Promise<Element> => {
      return command(admin, 'get-registered-users-list', inner);
    };
    const second = await list(page(`<max>1</max><after>admin@${DOMAIN}</after>`));
    expect([
      values(await command(admin, 'get-registered-users-num')),
      values(await list()),
      values(second),
      values(await command(admin, 'get-online-users-list')),
      values(await command(admin, 'get-online-users-num')),
    ]).toEqual([
      ['3'],
      [`admin@${DOMAIN}`, `alice@${DOMAIN}`, `bob@${DOMAIN}`],
      [`alice@${DOMAIN}`],
      [`admin@${DOMAIN}`],
      ['1'],
    ]);
    expect(second.getChild('command')?.getChild('set')?.getChildText('count')).toBe('3');
  });

  it('end sessions, of an account that is deleted too', async () => {
    const alice = await RawClient.online(server, 'alice', 'desk');
    const bob = await RawClient.online(server, 'bob', 'desk');
    await command(admin, 'end-user-session', form({ accountjids: `alice@${DOMAIN}` }));
    await command(admin, 'delete-user', form({ accountjids: `bob@${DOMAIN}` }));
    const errors = [alice, bob].map(async (client) => {
      const error = await client.next(({ name }) => name === 'stream:error');
      return error.getChildElements()[0]?.name;
    });
    expect(await Promise.all(errors)).toEqual(['not-authorized', 'not-authorized']);
  });

  it('are for administrators only', async () => {
    const alice = await RawClient.bound(server, 'alice', 'desk');
    expect(outcome(await command(alice, 'get-registered-users-list'))).toBe('forbidden');
  });
});
