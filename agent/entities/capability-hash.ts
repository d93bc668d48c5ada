import { createHash } from 'node:crypto';
import { el, type XmlElement } from '../../core/xml/element.ts';
import type { OwnInfo } from '../../node/xmpp/disco.ts';

const NODE = 'https://archipel-desktop.invalid/agent';

/** Features that every session answers by itself, in disco#info and so in the hash. */
const STANDARD = [
  'http://jabber.org/protocol/disco#info',
  'http://jabber.org/protocol/disco#items',
  'urn:xmpp:ping',
];

/**
 * What an entity can, in a hash that its presence carries (XEP-0115 §5.1), so that a client asks
 * once for all entities of one release.
 */
export function capabilityElement(info: OwnInfo): XmlElement {
  const identities = info.identities.map(
    ({ category, type, name = '' }) => `${category}/${type}//${name}<`,
  );
  const features = [...new Set([...STANDARD, ...info.features])].map((feature) => `${feature}<`);
  const text = [...identities.sort(), ...features.sort()].join('');
  const ver = createHash('sha1').update(text).digest('base64');
  return el('c', { xmlns: 'http://jabber.org/protocol/caps', hash: 'sha-1', node: NODE, ver });
}
