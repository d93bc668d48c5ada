import type { BareJid } from '../../core/domain/jid.ts';
import { eventsNode, ownerOfNode, TAGS_NODE } from '../../core/protocol/pubsub-nodes.ts';
import type { Pubsub } from '../../node/xmpp/pubsub.ts';
import type { AccountView } from './account-view.ts';

/**
 * Which nodes the account hears of. Servers keep subscriptions, so they are read once; an entity's
 * events are subscribed to when its answers begin to be kept, not for thousands of contacts at once.
 */
export class EventSubscriptions {
  readonly #pubsub: Pubsub;
  readonly #view: AccountView;
  readonly #nodes = new Map<string, Promise<boolean>>();
  #loaded: Promise<void> = Promise.resolve();

  constructor(pubsub: Pubsub, view: AccountView) {
    this.#pubsub = pubsub;
    this.#view = view;
  }

  /** Reads what the server has kept, and follows the tags. */
  load(): Promise<void> {
    this.#nodes.clear();
    this.#loaded = this.#load();
    return this.#loaded;
  }

  /** Whether pushes of an entity are heard from now on. */
  async hear(jid: BareJid): Promise<boolean> {
    await this.#loaded;
    return this.#follow(eventsNode(jid));
  }

  /** A contact is gone: the server need not tell of it any more. */
  async leave(jid: BareJid): Promise<void> {
    const node = eventsNode(jid);
    const known = this.#nodes.get(node);
    this.#nodes.delete(node);
    if (known && (await known)) await this.#pubsub.unsubscribe(node);
  }

  async #load(): Promise<void> {
    const kept = await this.#pubsub.subscriptions();
    for (const { node, state } of kept.ok ? kept.value : []) {
      if (state !== 'subscribed') continue;
      this.#nodes.set(node, Promise.resolve(true));
      const owner = ownerOfNode(node);
      if (owner !== undefined) this.#view.learnKnown(owner, { hasEventsNode: true });
    }
    await this.#follow(TAGS_NODE);
  }

  #follow(node: string): Promise<boolean> {
    const known = this.#nodes.get(node);
    if (known) return known;
    const following = this.#pubsub.subscribe(node).then((subscribed) => {
      // Tried again at the next need: the entity may be about to create its node.
      if (!subscribed.ok) this.#nodes.delete(node);
      return subscribed.ok;
    });
    this.#nodes.set(node, following);
    return following;
  }
}
