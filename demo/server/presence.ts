import type { BareJid } from '../../core/domain/jid.ts';
import { el, type XmlElement } from '../../core/xml/element.ts';
import type { Contacts } from './contacts.ts';
import { textOfChild, withAttributes } from './element-access.ts';
import { readJid } from './jid-text.ts';
import type { Occupants } from './occupants.ts';
import type { Roster, Rosters } from './roster.ts';
import type { Occupant, Session } from './session.ts';
import { addressed, toText } from './xml-text.ts';

function priorityOf(stanza: XmlElement): number {
  const priority = Number(textOfChild(stanza, 'priority') ?? '0');
  return Number.isInteger(priority) && Math.abs(priority) <= 128 ? priority : 0;
}

/** Spreads presence (RFC 6121 section 4): each stanza is written once, whoever gets it. */
export class PresenceSpreader {
  readonly #contacts: Contacts;
  readonly #occupants: Occupants;
  readonly #rosters: Rosters;

  constructor(contacts: Contacts, occupants: Occupants, rosters: Rosters) {
    this.#contacts = contacts;
    this.#occupants = occupants;
    this.#rosters = rosters;
  }

  /** A session says that it is there; the first time it also learns who else is. */
  announce(session: Session, stanza: XmlElement): void {
    const isFirst = session.presence === undefined;
    const text = toText(withAttributes(stanza, { from: session.jid, to: undefined }));
    session.presence = { text, priority: priorityOf(stanza) };
    this.spread(session, text);
    if (isFirst) this.#welcome(session);
  }

  /** A session has left, or says that it will not be seen any more. */
  leave(session: Session, stanza: XmlElement = el('presence', { type: 'unavailable' })): void {
    const wasAvailable = session.presence !== undefined;
    const text = toText(withAttributes(stanza, { from: session.jid, to: undefined }));
    session.presence = undefined;
    if (wasAvailable) this.spread(session, text);
    for (const to of session.directed) this.sendDirected(text, to);
    session.directed.clear();
  }

  /** Sends a presence to all who watch an account, its own resources among them. */
  spread(occupant: Occupant, text: string): void {
    for (const watcher of this.#contacts.watchersOf(occupant.bare)) this.#sendTo(watcher, text);
    this.#sendTo(occupant.bare, text);
  }

  /** Gives the presences of one account to another: after `subscribed`, or asked by a probe. */
  introduce(owner: BareJid, watcher: BareJid): void {
    for (const occupant of this.#occupants.available(owner)) {
      this.#sendTo(watcher, occupant.presence?.text ?? '');
    }
  }

  /** Lets the resources of an account vanish for one who may not see them any more. */
  conceal(owner: BareJid, watcher: BareJid): void {
    for (const occupant of this.#occupants.available(owner)) {
      this.#sendTo(watcher, toText(el('presence', { type: 'unavailable', from: occupant.jid })));
    }
  }

  /** Sends presence to one address, of a resource or of an account. */
  sendDirected(text: string, to: string): void {
    const jid = readJid(to);
    if (!jid) return;
    if (jid.resource === undefined) this.#sendTo(jid.bare, text);
    else this.#occupants.find(jid.bare, jid.resource)?.deliverText(addressed(text, to));
  }

  #sendTo(watcher: BareJid, text: string): void {
    for (const occupant of this.#occupants.of(watcher)) {
      if (occupant.presence) occupant.deliverText(addressed(text, occupant.jid));
    }
  }

  #welcome(session: Session): void {
    for (const contact of this.#contacts.watchedBy(session.bare)) {
      for (const occupant of this.#occupants.of(contact)) this.#show(occupant, session);
    }
    for (const occupant of this.#occupants.of(session.bare)) {
      if (occupant !== session) this.#show(occupant, session);
    }
    const roster: Roster = this.#rosters.of(session.bare);
    for (const request of roster.requests()) session.deliver(request);
  }

  #show(occupant: Occupant, session: Session): void {
    if (occupant.presence) session.deliverText(addressed(occupant.presence.text, session.jid));
  }
}
