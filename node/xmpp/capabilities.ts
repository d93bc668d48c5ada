import { createHash } from 'node:crypto';
import type { Identity } from './disco.ts';

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
