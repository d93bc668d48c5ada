import type { BareJid } from '../../core/domain/jid.ts';
import { vmControl } from '../../core/protocol/vm-control.ts';
import type { JournalEntry } from './journal-entry.ts';

/** Who can take a contact out of the roster. */
interface RosterKeeper {
  readonly contacts: { leave(jid: BareJid): Promise<void> };
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
  if (namespace === free.namespace && action === free.name) void link?.contacts.leave(jid);
}
