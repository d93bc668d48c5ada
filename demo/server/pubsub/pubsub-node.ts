import type { BareJid } from '../../../core/domain/jid.ts';
import type { XmlElement } from '../../../core/xml/element.ts';
import type { NodeConfiguration } from './node-configuration.ts';

export const AFFILIATIONS = ['owner', 'publisher', 'member', 'none', 'outcast'] as const;
export type Affiliation = (typeof AFFILIATIONS)[number];

/** One published item. */
export interface PubsubItem {
  readonly id: string;
  readonly publisher: string;
  readonly payload: XmlElement | undefined;
}

/** Who subscribed, under which JID (bare, or one resource) and which name for it. */
export interface Subscription {
  readonly jid: string;
  readonly account: BareJid;
  readonly id: string;
}

/** A node of the pubsub service (XEP-0060): its items, its subscribers, and who may do what. */
export class PubsubNode {
  readonly name: string;
  configuration: NodeConfiguration;
  readonly affiliations = new Map<BareJid, Affiliation>();
  /** By the JID that subscribed. */
  readonly subscriptions = new Map<string, Subscription>();
  /** The oldest first. */
  readonly #items = new Map<string, PubsubItem>();

  constructor(name: string, owner: BareJid, configuration: NodeConfiguration) {
    this.name = name;
    this.configuration = configuration;
    this.affiliations.set(owner, 'owner');
  }

  affiliation(account: BareJid): Affiliation {
    return this.affiliations.get(account) ?? 'none';
  }

  isOwner(account: BareJid): boolean {
    return this.affiliation(account) === 'owner';
  }

  /** Whether an account may read and subscribe. */
  isOpenTo(account: BareJid): boolean {
    const affiliation = this.affiliation(account);
    if (affiliation === 'outcast') return false;
    return this.configuration.accessModel === 'open' || affiliation !== 'none';
  }

  mayPublish(account: BareJid): boolean {
    const affiliation = this.affiliation(account);
    if (affiliation === 'outcast') return false;
    if (affiliation === 'owner' || affiliation === 'publisher') return true;
    const { publishModel } = this.configuration;
    if (publishModel === 'open') return true;
    return publishModel === 'subscribers' && this.hasSubscriber(account);
  }

  hasSubscriber(account: BareJid): boolean {
    return [...this.subscriptions.values()].some((known) => known.account === account);
  }

  /** The kept items, the oldest first. */
  items(): PubsubItem[] {
    return [...this.#items.values()];
  }

  item(id: string): PubsubItem | undefined {
    return this.#items.get(id);
  }

  /** Keeps an item if the node keeps any; the oldest make room. */
  keep(item: PubsubItem): void {
    if (!this.configuration.persistItems) return;
    // Deleting first makes a replaced item the newest.
    this.#items.delete(item.id);
    this.#items.set(item.id, item);
    this.trim();
  }

  /** Drops the oldest items past the limit, as after the limit was lowered. */
  trim(): void {
    for (const id of this.#items.keys()) {
      if (this.#items.size <= this.configuration.maxItems) return;
      this.#items.delete(id);
    }
  }

  retract(id: string): boolean {
    return this.#items.delete(id);
  }

  purge(): void {
    this.#items.clear();
  }
}
