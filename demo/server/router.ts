import type { BareJid, Jid } from '../../core/domain/jid.ts';
import { parseJid } from '../../core/domain/jid.ts';
import type { XmlElement } from '../../core/xml/element.ts';
import { withAttributes } from './element-access.ts';
import { fullJid, readJid } from './jid-text.ts';
import type { Occupants } from './occupants.ts';
import { readRequest, type RequestHandlers } from './requests.ts';
import type { Occupant, Session } from './session.ts';
import { asksForAnswer, type ErrorCondition, errorOf, refusal, resultOf } from './stanza.ts';

/** Who answers for what on this domain. */
export interface RouterParts {
  readonly domain: string;
  readonly occupants: Occupants;
  /** What is asked of the bare domain. */
  readonly serverHandlers: RequestHandlers;
  /** What is asked of an account that exists, by its bare JID. */
  readonly accountHandlers: RequestHandlers;
  readonly pubsubHandlers: RequestHandlers;
  readonly exists: (account: BareJid) => boolean;
  readonly presence: (session: Session, stanza: XmlElement) => void;
}

/** Carries stanzas to whom they are for (RFC 6120 section 10, RFC 6121 section 8). */
export class Router {
  readonly #parts: RouterParts;
  readonly #pubsubDomain: string;

  constructor(parts: RouterParts) {
    this.#parts = parts;
    this.#pubsubDomain = `pubsub.${parts.domain}`;
  }

  /** Takes a stanza from a session. Its sender is what the session is, whatever the stanza says. */
  route(session: Session, stanza: XmlElement): void {
    const isToSelf = stanza.attributes['to'] === undefined && stanza.name !== 'presence';
    const to = isToSelf ? session.bare : stanza.attributes['to'];
    const stamped = withAttributes(stanza, { from: session.jid, to });
    if (stanza.name === 'presence') {
      this.#parts.presence(session, stamped);
      return;
    }
    const jid = readJid(to ?? '');
    if (!jid) this.#bounce(stamped, 'jid-malformed');
    else if (stanza.name === 'iq') this.#routeIq(session, stamped, jid);
    else this.#routeMessage(stamped, jid);
  }

  /** Hands a message of the server's own services to its receiver. */
  deliverMessage(message: XmlElement): void {
    const jid = readJid(message.attributes['to'] ?? '');
    if (jid) this.#routeMessage(message, jid);
  }

  #routeIq(session: Session, stanza: XmlElement, to: Jid): void {
    const type = stanza.attributes['type'] ?? '';
    if (stanza.attributes['id'] === undefined || !/^(?:get|set|result|error)$/.test(type)) {
      this.#bounce(stanza, 'bad-request');
      return;
    }
    if (to.resource !== undefined && to.domain === this.#parts.domain && to.node !== undefined) {
      const occupant = this.#parts.occupants.find(to.bare, to.resource);
      if (occupant) occupant.deliver(stanza);
      else this.#bounce(stanza, 'service-unavailable');
      return;
    }
    if (asksForAnswer(stanza)) this.#answer(session, stanza, to);
  }

  #answer(session: Session, stanza: XmlElement, to: Jid): void {
    const handlers = this.#handlersFor(to);
    if (handlers === 'remote') {
      this.#bounce(stanza, 'remote-server-not-found');
      return;
    }
    const from = parseJid(fullJid(session.bare, session.resource));
    const request = from && readRequest(stanza, from, to, session);
    if (!request) {
      this.#bounce(stanza, 'bad-request');
      return;
    }
    const answer = handlers?.get(request.namespace)?.(request);
    if (!answer) this.#bounce(stanza, 'service-unavailable');
    else if (answer.kind === 'refused') session.deliver(errorOf(stanza, answer.refusal));
    else session.deliver(resultOf(stanza, answer.children));
  }

  #handlersFor(to: Jid): RequestHandlers | 'remote' | undefined {
    if (to.domain === this.#pubsubDomain) return this.#parts.pubsubHandlers;
    if (to.domain !== this.#parts.domain) return 'remote';
    if (to.node === undefined) return this.#parts.serverHandlers;
    return this.#parts.exists(to.bare) ? this.#parts.accountHandlers : undefined;
  }

  #routeMessage(stanza: XmlElement, to: Jid): void {
    const type = stanza.attributes['type'];
    if (to.node === undefined || to.domain !== this.#parts.domain) {
      if (to.domain === this.#parts.domain) return;
      this.#bounceMessage(stanza, 'remote-server-not-found');
      return;
    }
    const receivers = this.#receivers(to, type);
    for (const occupant of receivers) occupant.deliver(stanza);
    // A headline is news: nobody wants to hear that nobody heard it.
    if (receivers.length === 0 && type !== 'headline') {
      this.#bounceMessage(stanza, 'service-unavailable');
    }
  }

  #receivers(to: Jid, type: string | undefined): readonly Occupant[] {
    const { occupants } = this.#parts;
    const addressed = to.resource === undefined ? undefined : occupants.find(to.bare, to.resource);
    if (addressed) return [addressed];
    if (type === 'groupchat' || type === 'error') return [];
    const willing = occupants
      .available(to.bare)
      .filter((occupant) => (occupant.presence?.priority ?? -1) >= 0);
    if (type === 'headline') return willing;
    const highest = Math.max(...willing.map((occupant) => occupant.presence?.priority ?? 0));
    return willing.filter((occupant) => occupant.presence?.priority === highest);
  }

  #bounceMessage(stanza: XmlElement, condition: ErrorCondition): void {
    if (stanza.attributes['type'] !== 'error') this.#sendBack(stanza, condition);
  }

  #bounce(stanza: XmlElement, condition: ErrorCondition): void {
    const type = stanza.attributes['type'];
    if (type !== 'error' && type !== 'result') this.#sendBack(stanza, condition);
  }

  #sendBack(stanza: XmlElement, condition: ErrorCondition): void {
    const sender = readJid(stanza.attributes['from'] ?? '');
    if (sender?.resource === undefined) return;
    const occupant = this.#parts.occupants.find(sender.bare, sender.resource);
    occupant?.deliver(errorOf(stanza, refusal(condition)));
  }
}
