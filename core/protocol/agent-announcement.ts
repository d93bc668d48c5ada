import { IDENTITY_CATEGORY, type Identity } from '../domain/entity-kind.ts';
import { announcedNamespaces } from './all-actions.ts';
import type { PermissionHolder } from './permissions.ts';

/** Whose capabilities agents of ours announce in their presences (XEP-0115). */
export const AGENT_NODE = 'https://archipel-desktop.invalid/agent';

/** What an agent of ours says of itself by disco#info, beside what every session answers. */
export interface AgentAnnouncement {
  readonly identities: readonly (Identity & { readonly name: string })[];
  readonly features: readonly string[];
}

/** The announcement of an entity of this release; of our namespaces, those that it serves. */
export function agentAnnouncement(
  kind: PermissionHolder,
  isServed: (namespace: string) => boolean,
): AgentAnnouncement {
  return {
    identities: [{ category: IDENTITY_CATEGORY, type: kind, name: 'Archipel agent' }],
    features: [
      'jabber:iq:version',
      'http://jabber.org/protocol/caps',
      ...announcedNamespaces(kind).filter(isServed),
    ],
  };
}
