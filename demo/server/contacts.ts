import { createHash, randomUUID } from 'node:crypto';
import type { BareJid } from '../../core/domain/jid.ts';
import { el, type XmlElement } from '../../core/xml/element.ts';
import { NS } from './namespaces.ts';
import type { Occupants } from './occupants.ts';
import { isVisible, type RosterItem, type Rosters, UNKNOWN_ITEM } from './roster.ts';
import type { SharedContact, SharedGroups } from './shared-groups.ts';
import { subscriptionName, type SubscriptionState } from './subscription.ts';
import { toText } from './xml-text.ts';

/** The contacts of an account: those it keeps itself together with those of the shared groups. */
export class Contacts {
  readonly #rosters: Rosters;
  readonly #groups: SharedGroups;
  readonly #occupants: Occupants;
  /** Tells versions of this run from those of others, in which the same numbers were something else. */
  readonly #run = randomUUID();
  #pushes = 0;

  constructor(rosters: Rosters, groups: SharedGroups, occupants: Occupants) {
    this.#rosters = rosters;
    this.#groups = groups;
    this.#occupants = occupants;
  }

  /** What a client names to learn only of changes (RFC 6121 section 2.6); another with each change. */
  version(owner: BareJid): string {
    return `${this.#run}-${this.#rosters.of(owner).version}-${this.#groups.version}`;
  }

  /** The version of a whole roster, made of what is in it: also good when the server has started anew. */
  lastingVersion(items: readonly XmlElement[]): string {
    const texts = items.map(toText).sort();
    return createHash('sha1').update(texts.join('\n')).digest('hex');
  }

  /** The whole roster as its owner gets it. */
  items(owner: BareJid): XmlElement[] {
    const roster = this.#rosters.of(owner);
    const shared = this.#groups.contactsOf(owner);
    const items = [...shared].map(([jid, contact]) => {
      return itemElement(jid, roster.get(jid), contact);
    });
    for (const [jid, item] of roster.entries()) {
      if (!shared.has(jid)) items.push(itemElement(jid, item, undefined));
    }
    return items;
  }

  /** The subscriptions between two accounts, shared groups included. */
  state(owner: BareJid, contact: BareJid): SubscriptionState {
    const own = this.#rosters.of(owner).subscription(contact);
    const to = own.to || this.#groups.contact(owner, contact) !== undefined;
    const from = own.from || this.#groups.contact(contact, owner) !== undefined;
    return { ...own, to, from };
  }

  /** Sets the state, leaving out what only the shared groups give, and tells the owner when it changed. */
  setState(owner: BareJid, contact: BareJid, next: SubscriptionState): void {
    const before = this.state(owner, contact);
    const roster = this.#rosters.of(owner);
    const own = roster.subscription(contact);
    roster.setSubscription(contact, {
      ...next,
      to: next.to && (own.to || !before.to),
      from: next.from && (own.from || !before.from),
    });
    if (isShownAlike(before, next)) return;
    this.push(owner, contact);
  }

  /** Who gets the owner's presence. */
  watchersOf(owner: BareJid): ReadonlySet<BareJid> {
    const watchers = new Set(this.#groups.watchersOf(owner));
    for (const [jid, { subscription }] of this.#rosters.of(owner).entries()) {
      if (subscription.from) watchers.add(jid);
    }
    return watchers;
  }

  /** Whose presence the owner gets. */
  watchedBy(owner: BareJid): ReadonlySet<BareJid> {
    const watched = new Set(this.#groups.contactsOf(owner).keys());
    for (const [jid, { subscription }] of this.#rosters.of(owner).entries()) {
      if (subscription.to) watched.add(jid);
    }
    return watched;
  }

  /** Tells the owner's resources that asked for the roster what became of a contact. */
  push(owner: BareJid, contact: BareJid): void {
    const interested = [...this.#occupants.of(owner)].filter(({ isInterested }) => isInterested);
    if (interested.length === 0) return;
    const item = this.#rosters.of(owner).get(contact);
    const shared = this.#groups.contact(owner, contact);
    const isGone = shared === undefined && (item === undefined || !isVisible(item));
    const element = isGone
      ? el('item', { jid: contact, subscription: 'remove' })
      : itemElement(contact, item, shared);
    const query = el('query', { xmlns: NS.roster, ver: this.version(owner) }, [element]);
    for (const occupant of interested) {
      this.#pushes += 1;
      const id = `push-${this.#pushes}`;
      occupant.deliver(el('iq', { type: 'set', id, to: occupant.jid }, [query]));
    }
  }
}

function isShownAlike(one: SubscriptionState, other: SubscriptionState): boolean {
  return (
    one.to === other.to &&
    one.from === other.from &&
    one.pendingOut === other.pendingOut &&
    one.isListed === other.isListed
  );
}

function itemElement(
  jid: BareJid,
  item: RosterItem | undefined,
  shared: SharedContact | undefined,
): XmlElement {
  const own = item ?? UNKNOWN_ITEM;
  const attributes = {
    jid,
    name: own.name ?? shared?.name,
    subscription: shared ? 'both' : subscriptionName(own.subscription),
    ask: own.subscription.pendingOut ? 'subscribe' : undefined,
  };
  const groups = own.groups.length > 0 || !shared ? own.groups : shared.groups;
  return el(
    'item',
    attributes,
    groups.map((group) => el('group', {}, [group])),
  );
}
