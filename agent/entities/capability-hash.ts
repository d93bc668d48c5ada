import { AGENT_NODE } from '../../core/protocol/agent-announcement.ts';
import { el, type XmlElement } from '../../core/xml/element.ts';
import { capabilityHash, STANDARD_FEATURES } from '../../node/xmpp/capabilities.ts';
import type { OwnInfo } from '../../node/xmpp/disco.ts';

/**
 * What an entity can, in a hash that its presence carries (XEP-0115 §5.1), so that a client asks
 * once for all entities of one release.
 */
export function capabilityElement({ identities, features }: OwnInfo): XmlElement {
  const ver = capabilityHash(identities, [...STANDARD_FEATURES, ...features]);
  return el('c', {
    xmlns: 'http://jabber.org/protocol/caps',
    hash: 'sha-1',
    node: AGENT_NODE,
    ver,
  });
}
