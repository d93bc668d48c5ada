import type { BareJid } from '../core/domain/jid.ts';
import type { FleetHypervisor } from './fleet.ts';
import { childNamed } from './server/element-access.ts';
import { refused, type RequestHandler, result } from './server/requests.ts';

/** Lets an administrator end the agent of a hypervisor, or start it anew: `<stop name='…'/>`, `<start name='…'/>`. */
export function agentHandler(
  find: (name: string) => FleetHypervisor | undefined,
  isAdmin: (account: BareJid) => boolean,
): RequestHandler {
  return ({ type, payload, from }) => {
    if (!isAdmin(from.bare)) return refused('forbidden');
    const stop = childNamed(payload, 'stop');
    const named = stop ?? childNamed(payload, 'start');
    const hypervisor = find(named?.attributes['name'] ?? '');
    if (type !== 'set' || !hypervisor) return refused('bad-request');
    // Its presence tells when it is done.
    if (stop) void hypervisor.stop();
    else void hypervisor.restart();
    return result();
  };
}
