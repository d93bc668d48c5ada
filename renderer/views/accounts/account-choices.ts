import type { Account } from '../../../core/contract/accounts.ts';
import type { Messages } from '../../../core/messages/catalogue.ts';
import type { Choice } from '../workspaces/workspace-choices.ts';

/** Whether nothing is done for a connection, so that it can be asked for. */
export function isIdle({ connection }: Account): boolean {
  return connection.name === 'offline' || connection.name === 'failed';
}

/** For each account the one of Connect and Disconnect that can be given now. */
export function accountChoices(accounts: readonly Account[], words: Messages): readonly Choice[] {
  return accounts.map((account) => {
    const { jid } = account.settings;
    const { connectOne, disconnectOne } = words.accounts;
    return isIdle(account)
      ? { command: 'account.connect', input: { jid }, title: connectOne(jid) }
      : { command: 'account.disconnect', input: { jid }, title: disconnectOne(jid) };
  });
}
