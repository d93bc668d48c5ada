import { parseJid, type BareJid } from '../../core/domain/jid.ts';
import type { Configuration } from '../configuration/configuration.ts';

/** The administrators that the configuration names; what is no JID is left out. */
export function rootAdministrators({ values }: Configuration): readonly BareJid[] {
  return values.GLOBAL.archipel_root_admins.flatMap((text) => parseJid(text)?.bare ?? []);
}
