import type { AppError } from '../../core/contract/app-error.ts';
import type { BareJid } from '../../core/domain/jid.ts';
import type { Roster } from '../../node/xmpp/roster.ts';
import type { IqFailure } from '../../node/xmpp/session-failure.ts';

/** Reads all contacts; where that cannot be done, those that are known stay as they were. */
export async function readRoster(
  roster: Pick<Roster, 'load'>,
  account: BareJid,
  failed: (error: AppError) => void,
): Promise<void> {
  const loaded = await roster.load();
  const error = loaded.ok ? undefined : rosterError(loaded.error, account);
  if (error) failed(error);
}

/** What the user is told; undefined where the link went, which is told by itself: they are read again after it. */
export function rosterError(failure: IqFailure, jid: BareJid): AppError | undefined {
  if (failure.code === 'timeout') return { code: 'roster-unread', jid, why: 'no-answer', text: '' };
  if (failure.code !== 'stanza-error') return undefined;
  const { condition, text } = failure;
  if (condition === 'resource-constraint') {
    return { code: 'roster-unread', jid, why: 'too-large', text: '' };
  }
  return { code: 'roster-unread', jid, why: 'refused', text: text || (condition ?? '') };
}
