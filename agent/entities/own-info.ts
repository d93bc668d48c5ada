import { IDENTITY_CATEGORY } from '../../core/domain/entity-kind.ts';
import { announcedNamespaces } from '../../core/protocol/all-actions.ts';
import type { PermissionHolder } from '../../core/protocol/permissions.ts';
import type { OwnInfo } from '../../node/xmpp/disco.ts';

/** What an entity says of itself by disco#info; of our namespaces, those that it serves. */
export function ownInfo(kind: PermissionHolder, served: readonly string[]): OwnInfo {
  return {
    identities: [{ category: IDENTITY_CATEGORY, type: kind, name: 'Archipel agent' }],
    features: [
      'jabber:iq:version',
      'http://jabber.org/protocol/caps',
      ...announcedNamespaces(kind).filter((one) => served.includes(one)),
    ],
  };
}
