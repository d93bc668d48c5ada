import type { BareJid } from '../../core/domain/jid.ts';
import type { Machine } from '../machines/machine.ts';

/**
 * Whether somebody may read the secrets in a machine's definition, such as the password of its
 * screen: who may open the screen or write the definition knows them anyway.
 */
export function maySeeSecrets({ entity }: Machine, user: BareJid): boolean {
  const { permissions } = entity;
  return permissions.isGranted(user, 'vnc_display') || permissions.isGranted(user, 'define');
}
