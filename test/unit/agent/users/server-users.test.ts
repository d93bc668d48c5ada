import { expect, it } from 'vitest';
import { CommandedUsers } from '../../../../agent/users/server-users.ts';
import type { BareJid } from '../../../../core/domain/jid.ts';
import { el } from '../../../../core/xml/element.ts';
import type { IqFailure } from '../../../../node/xmpp/session-failure.ts';
import { expectErr, expectOk } from '../../../support/expect-result.ts';
import { FakeSession } from '../../node/xmpp/fake-session.ts';

function refusal(condition: string): IqFailure {
  return {
    code: 'stanza-error',
    type: 'cancel',
    condition,
    text: '',
    application: undefined,
    legacyCode: undefined,
    element: el('error', { type: 'cancel' }),
  };
}

function listed(...jids: readonly string[]) {
  const values = jids.map((jid) => el('value', {}, [jid]));
  const field = el('field', { var: 'registereduserjids' }, values);
  const form = el('x', { xmlns: 'jabber:x:data', type: 'result' }, [field]);
  return el('command', { xmlns: 'http://jabber.org/protocol/commands', status: 'completed' }, [
    form,
  ]);
}

it('takes a list that a server gives whole, without what is no account', async () => {
  const session = new FakeSession();
  session.answer = [listed('dave@fake.test', 'fake.test', 'not a jid', 'dave@fake.test')];
  expect(expectOk(await new CommandedUsers(session).list())).toEqual(['dave@fake.test']);
  expect(session.asked).toHaveLength(1);
});

it('does not take an answer without a list for a server without accounts', async () => {
  const users = new CommandedUsers(new FakeSession());
  expect(expectErr(await users.list())).toMatch(/no list of its accounts .* 4 MiB/u);
});

it.each([
  [
    'item-not-found',
    /no command that lists its accounts\. .*Prosody does with mod_archipel_users/u,
  ],
  ['forbidden', /is no administrator of fake\.test\. Make it one/u],
  ['internal-server-error', /refused get-registered-users-list/u],
])('says of %s what it means and what helps', async (condition, said) => {
  const session = new FakeSession();
  session.answer = refusal(condition);
  expect(expectErr(await new CommandedUsers(session).list())).toMatch(said);
});

it.each([
  ['info', 'The following accounts could not be deleted:\ndave@fake.test', false],
  ['info', 'The following accounts were successfully deleted:\ndave@fake.test\n', true],
  ['error', 'Failed', false],
])('takes a note of %s, “%s”, for what it says', async (type, text, isDone) => {
  const session = new FakeSession();
  const attributes = { xmlns: 'http://jabber.org/protocol/commands', status: 'completed' };
  session.answer = [el('command', attributes, [el('note', { type }, [text])])];
  const done = await new CommandedUsers(session).unregister('dave@fake.test' as BareJid);
  expect(done.ok).toBe(isDone);
});
