import type { BareJid } from '../../core/domain/jid.ts';
import type { XmlElement } from '../../core/xml/element.ts';
import { NO_SUBSCRIPTION, type SubscriptionState } from './subscription.ts';

/** A contact as its owner keeps it. */
export interface RosterItem {
  readonly name: string | undefined;
  readonly groups: readonly string[];
  readonly subscription: SubscriptionState;
}

/** What is kept of a contact before anything is known. */
export const UNKNOWN_ITEM: RosterItem = {
  name: undefined,
  groups: [],
  subscription: NO_SUBSCRIPTION,
};

/** The contacts that one account keeps itself. */
export class Roster {
  readonly #items = new Map<BareJid, RosterItem>();
  readonly #requests = new Map<BareJid, XmlElement>();
  #version = 0;

  /** Grows with each change that its owner can see. */
  get version(): number {
    return this.#version;
  }

  get(contact: BareJid): RosterItem | undefined {
    return this.#items.get(contact);
  }

  /** The contacts that the owner sees: all but those who only asked to subscribe. */
  *entries(): IterableIterator<[BareJid, RosterItem]> {
    for (const entry of this.#items) {
      if (isVisible(entry[1])) yield entry;
    }
  }

  /** Sets what the owner chooses; the subscription is not its choice. */
  describe(contact: BareJid, name: string | undefined, groups: readonly string[]): RosterItem {
    const subscription = this.#items.get(contact)?.subscription ?? NO_SUBSCRIPTION;
    return this.#put(contact, { name, groups, subscription: { ...subscription, isListed: true } });
  }

  subscription(contact: BareJid): SubscriptionState {
    return (this.#items.get(contact) ?? UNKNOWN_ITEM).subscription;
  }

  setSubscription(contact: BareJid, subscription: SubscriptionState): void {
    if (!subscription.pendingIn) this.#requests.delete(contact);
    this.#put(contact, { ...(this.#items.get(contact) ?? UNKNOWN_ITEM), subscription });
  }

  /** Forgets a contact; its last state says what the contact must be told. */
  remove(contact: BareJid): RosterItem | undefined {
    const item = this.#items.get(contact);
    if (!item || !isVisible(item)) return undefined;
    this.#items.delete(contact);
    this.#requests.delete(contact);
    this.#version += 1;
    return item;
  }

  /** Keeps a request to subscribe until the owner answers it. */
  keepRequest(contact: BareJid, stanza: XmlElement): void {
    this.#requests.set(contact, stanza);
  }

  /** The requests to subscribe that wait for an answer. */
  requests(): Iterable<XmlElement> {
    return this.#requests.values();
  }

  #put(contact: BareJid, item: RosterItem): RosterItem {
    this.#items.set(contact, item);
    this.#version += 1;
    return item;
  }
}

/** Whether the owner has this contact, other than as somebody who asked to subscribe (RFC 6121 section 3.1.3). */
export function isVisible(item: RosterItem): boolean {
  const { to, from, pendingOut, isListed } = item.subscription;
  return to || from || pendingOut || isListed;
}

/** The rosters of all accounts, made at their first use. */
export class Rosters {
  readonly #rosters = new Map<BareJid, Roster>();

  of(owner: BareJid): Roster {
    let roster = this.#rosters.get(owner);
    if (!roster) {
      roster = new Roster();
      this.#rosters.set(owner, roster);
    }
    return roster;
  }

  /** Forgets the roster of an account that is gone. */
  forget(owner: BareJid): void {
    this.#rosters.delete(owner);
  }
}
