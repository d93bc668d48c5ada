import type { BareJid } from '../../core/domain/jid.ts';
import { el, type XmlElement } from '../../core/xml/element.ts';
import type { Contacts } from './contacts.ts';
import { withAttributes } from './element-access.ts';
import type { Occupants } from './occupants.ts';
import type { PresenceSpreader } from './presence.ts';
import type { Rosters } from './roster.ts';
import {
  inbound,
  outbound,
  SUBSCRIPTION_TYPES,
  type SubscriptionState,
  type SubscriptionType,
} from './subscription.ts';

export function isSubscriptionType(type: string | undefined): type is SubscriptionType {
  return SUBSCRIPTION_TYPES.some((known) => known === type);
}

/** Carries subscription stanzas between accounts, keeping both rosters (RFC 6121 section 3). */
export class Subscriptions {
  readonly #contacts: Contacts;
  readonly #occupants: Occupants;
  readonly #presence: PresenceSpreader;
  readonly #rosters: Rosters;
  readonly #exists: (account: BareJid) => boolean;

  constructor(
    parts: {
      contacts: Contacts;
      occupants: Occupants;
      presence: PresenceSpreader;
      rosters: Rosters;
    },
    exists: (account: BareJid) => boolean,
  ) {
    this.#contacts = parts.contacts;
    this.#occupants = parts.occupants;
    this.#presence = parts.presence;
    this.#rosters = parts.rosters;
    this.#exists = exists;
  }

  /** A user answers or asks a contact. */
  send(owner: BareJid, contact: BareJid, type: SubscriptionType, stanza: XmlElement): void {
    if (owner === contact) return;
    const before = this.#contacts.state(owner, contact);
    const step = outbound(before, type);
    this.#contacts.setState(owner, contact, step.next);
    if (!step.goesOn) return;
    this.#receive(contact, owner, type, withAttributes(stanza, { from: owner, to: contact }));
    if (type === 'subscribed') this.#presence.introduce(owner, contact);
    if (type === 'unsubscribed' && before.from) this.#presence.conceal(owner, contact);
  }

  /** Ends all subscriptions with a contact that leaves the roster. */
  sever(owner: BareJid, contact: BareJid, last: SubscriptionState): void {
    if (last.to || last.pendingOut) this.#receive(contact, owner, 'unsubscribe');
    if (last.from || last.pendingIn) {
      this.#receive(contact, owner, 'unsubscribed');
      this.#presence.conceal(owner, contact);
    }
  }

  #receive(owner: BareJid, contact: BareJid, type: SubscriptionType, stanza?: XmlElement): void {
    if (!this.#exists(owner)) return;
    const before = this.#contacts.state(owner, contact);
    const step = inbound(before, type);
    if (step.isAnsweredAtOnce) {
      this.#receive(contact, owner, 'subscribed');
      this.#presence.introduce(owner, contact);
      return;
    }
    this.#contacts.setState(owner, contact, step.next);
    if (!step.goesOn) return;
    const carried = stanza ?? el('presence', { type, from: contact, to: owner });
    if (type === 'subscribe') this.#rosters.of(owner).keepRequest(contact, carried);
    for (const occupant of this.#occupants.available(owner)) occupant.deliver(carried);
    if (type === 'unsubscribe' && before.from) this.#presence.conceal(owner, contact);
  }
}
