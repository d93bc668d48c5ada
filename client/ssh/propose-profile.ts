import type { Entity } from '../../core/domain/entity.ts';
import { parseJid } from '../../core/domain/jid.ts';
import type { SshProfile } from '../../core/ssh/ssh-profile.ts';

/** Generic names of accounts, which say nothing of the host. */
const NO_HOST = /^(hypervisor|archipel|agent|admin)$/i;

/**
 * Proposes how a hypervisor's host is reached: by the node of its JID, which is the host's name, or
 * by the name it gives itself where that is a full one; the domain of its server where nothing else is.
 */
export function proposeProfile({ jid, name }: Pick<Entity, 'jid' | 'name'>): SshProfile {
  const { node = '', domain = '' } = parseJid(jid) ?? {};
  const usable = [node, name].filter(isHostName);
  const full = usable.find((one) => one.includes('.'));
  const named = usable.find((one) => !NO_HOST.test(one));
  return { host: full ?? named ?? domain };
}

function isHostName(text: string): boolean {
  return /^[\p{L}\p{N}]([\p{L}\p{N}.-]*[\p{L}\p{N}])?$/u.test(text) && text.length <= 255;
}
