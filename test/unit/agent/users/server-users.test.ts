import { expect, it } from 'vitest';
import { CommandedUsers } from '../../../../agent/users/server-users.ts';
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

it.each([
  ['item-not-found', /no command that lists its accounts\. .*Prosody does not/u],
  ['forbidden', /is no administrator of fake\.test\. Make it one/u],
  ['internal-server-error', /refused get-registered-users-list/u],
])('says of %s what it means and what helps', async (condition, said) => {
  const session = new FakeSession();
  session.answer = refusal(condition);
  expect(expectErr(await new CommandedUsers(session).list())).toMatch(said);
});
