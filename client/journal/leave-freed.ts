import type { AppError } from '../../core/contract/app-error.ts';
import type { BareJid } from '../../core/domain/jid.ts';
import type { Result } from '../../core/lib/result.ts';
import { vmControl } from '../../core/protocol/vm-control.ts';
import type { JournalEntry } from './journal-entry.ts';

/** Who can take a contact out of the roster. */
interface RosterKeeper {
  readonly contacts: { remove(jid: BareJid): Promise<Result<undefined, AppError>> };
}

/**
 * Takes a machine out of the roster whose deletion was found out about later: the command that
 * ordered it had ended by then. Other orders leave the roster as it is.
 */
export function leaveFreed(
  { namespace, action, jid }: JournalEntry,
  link: RosterKeeper | undefined,
): void {
  const { free } = vmControl;
  if (namespace === free.namespace && action === free.name) void link?.contacts.remove(jid);
}
