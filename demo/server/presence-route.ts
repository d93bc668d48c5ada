import type { XmlElement } from '../../core/xml/element.ts';
import type { Jid } from '../../core/domain/jid.ts';
import type { Contacts } from './contacts.ts';
import { withAttributes } from './element-access.ts';
import { readJid } from './jid-text.ts';
import type { PresenceSpreader } from './presence.ts';
import type { Session } from './session.ts';
import { errorOf, refusal } from './stanza.ts';
import { isSubscriptionType, type Subscriptions } from './subscriptions.ts';
import { toText } from './xml-text.ts';

/** What presence stanzas act upon. */
export interface PresenceParts {
  readonly domain: string;
  readonly contacts: Contacts;
  readonly presence: PresenceSpreader;
  readonly subscriptions: Subscriptions;
}

/** Takes a presence of a session: its own, a directed one, a probe, or about a subscription. */
export function routePresence(parts: PresenceParts, session: Session, stanza: XmlElement): void {
  const { to, type } = stanza.attributes;
  if (to === undefined) {
    if (type === undefined) parts.presence.announce(session, stanza);
    else if (type === 'unavailable') parts.presence.leave(session, stanza);
    else session.deliver(errorOf(stanza, refusal('bad-request')));
    return;
  }
  const jid = readJid(to);
  if (!jid) session.deliver(errorOf(stanza, refusal('jid-malformed')));
  else if (jid.domain === parts.domain) routeDirected(parts, session, stanza, jid);
  else if (type !== 'error') session.deliver(errorOf(stanza, refusal('remote-server-not-found')));
}

function routeDirected(
  { contacts, presence, subscriptions }: PresenceParts,
  session: Session,
  stanza: XmlElement,
  to: Jid,
): void {
  const type = stanza.attributes['type'];
  const address = stanza.attributes['to'] ?? to.bare;
  if (isSubscriptionType(type)) {
    subscriptions.send(session.bare, to.bare, type, stanza);
  } else if (type === 'probe') {
    if (contacts.state(to.bare, session.bare).from) presence.introduce(to.bare, session.bare);
  } else {
    if (type === undefined) session.directed.add(address);
    else session.directed.delete(address);
    presence.sendDirected(toText(withAttributes(stanza, { to: undefined })), address);
  }
}
