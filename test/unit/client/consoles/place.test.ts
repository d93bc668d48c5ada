import { expect, it } from 'vitest';
import { newEntry } from '../../../../client/accounts/account-entry.ts';
import type { BareJid } from '../../../../core/domain/jid.ts';
import { placeOfAccount } from '../../../../client/consoles/place.ts';

function at(host: string | undefined, demo?: Parameters<typeof newEntry>[1]) {
  const endpoint = host === undefined ? {} : { endpoint: { host, port: 5222, directTls: false } };
  const settings = {
    ...{ jid: 'admin@example.org' as BareJid, resource: 'Archipel', ...endpoint },
    ...{ connectAtStart: false, rememberPassword: false },
  };
  return placeOfAccount(newEntry({ settings, hasPassword: false }, demo));
}

it('believes no more of hypervisors than that they may be here, where their server is', () => {
  expect({
    embedded: at('127.0.0.1', {}),
    loopback: ['localhost', '::1', '127.8.0.1'].map((host) => at(host)),
    others: [undefined, 'xmpp.example.org', '128.0.0.1'].map((host) => at(host)),
    unknown: placeOfAccount(undefined),
  }).toEqual({
    embedded: 'here',
    loopback: ['perhaps-here', 'perhaps-here', 'perhaps-here'],
    others: ['elsewhere', 'elsewhere', 'elsewhere'],
    unknown: 'elsewhere',
  });
});
