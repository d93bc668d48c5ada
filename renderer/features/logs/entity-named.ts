import { entityId, type Entity, type EntityId } from '../../../core/domain/entity.ts';
import { parseJid, type BareJid } from '../../../core/domain/jid.ts';

/** The entity that a line of a log is about, by its JID, in whichever roster has it. */
export function entityNamed(
  text: string,
  accounts: readonly { readonly settings: { readonly jid: BareJid } }[],
  inventory: { find(id: EntityId): Entity | undefined },
): Entity | undefined {
  const jid = text.includes('@') ? parseJid(text)?.bare : undefined;
  if (jid === undefined) return undefined;
  for (const { settings } of accounts) {
    const found = inventory.find(entityId(settings.jid, jid));
    if (found) return found;
  }
  return undefined;
}
