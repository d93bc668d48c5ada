import type { AppError } from '../../core/contract/app-error.ts';
import type { BareJid } from '../../core/domain/jid.ts';
import { ok, type Result } from '../../core/lib/result.ts';
import { xmppUserQuestions } from '../../core/protocol/xmpp-users.ts';
import type { Asker, EvidenceTable, Finding } from './evidence.ts';

/** Whether every account is there, or every account is gone. */
async function areThere(
  asker: Asker,
  centralAgent: BareJid,
  users: readonly { readonly jid: BareJid }[],
  wanted: boolean,
): Promise<Result<Finding, AppError>> {
  for (const { jid } of users) {
    const found = await asker.ask(xmppUserQuestions.filter, centralAgent, { text: jid });
    if (!found.ok) return found;
    if (found.value.some((one) => one.jid === jid) !== wanted) return ok('failed');
  }
  return ok('done');
}

export const users: EvidenceTable['users'] = {
  register: { find: (asker, { jid, input }) => areThere(asker, jid, input.users, true) },
  unregister: { find: (asker, { jid, input }) => areThere(asker, jid, input.users, false) },
  /** A server tells nobody a password. */
  changepassword: { find: () => Promise.resolve(ok('cannot-tell')) },
};
