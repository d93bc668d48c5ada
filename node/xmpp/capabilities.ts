import { createHash } from 'node:crypto';
import { el, type XmlElement } from '../../core/xml/element.ts';
import type { Identity, OwnInfo } from './disco.ts';
import { NS } from './namespaces.ts';

/** Features that every session answers by itself, in disco#info and so in the hash. */
export const STANDARD_FEATURES = [
  'http://jabber.org/protocol/disco#info',
  'http://jabber.org/protocol/disco#items',
  'urn:xmpp:ping',
] as const;

/** What an entity says of itself in disco#info, without a form, in one hash (XEP-0115 §5.1). */
export function capabilityHash(
  identities: readonly Identity[],
  features: Iterable<string>,
): string {
  const said = identities.map(({ category, type, name }) => `${category}/${type}//${name ?? ''}<`);
  const offered = [...new Set(features)].map((feature) => `${feature}<`);
  const text = [...said.sort(), ...offered.sort()].join('');
  return createHash('sha1').update(text).digest('base64');
}

/**
 * What a session says of itself, in a hash that its presence carries, so that others ask once for all
 * programs of one release; `node` is whose it is.
 */
export function capabilityElement(node: string, { identities, features }: OwnInfo): XmlElement {
  const ver = capabilityHash(identities, [...STANDARD_FEATURES, ...features]);
  return el('c', { xmlns: NS.caps, hash: 'sha-1', node, ver });
}
