import type { AppError } from '../../core/contract/app-error.ts';
import type { BareJid } from '../../core/domain/jid.ts';
import { err, ok, type Result } from '../../core/lib/result.ts';
import { TAGS_NODE } from '../../core/protocol/pubsub-nodes.ts';
import { readTagItem } from '../../core/protocol/tags.ts';
import type { Pubsub, PubsubItem } from '../../node/xmpp/pubsub.ts';
import type { PubsubEvent } from '../../node/xmpp/pubsub-events.ts';
import type { IqFailure } from '../../node/xmpp/session-failure.ts';
import type { AccountView } from './account-view.ts';

/** Whose tags are held: who publishes says for whom, and there is no end of names. */
const MOST = 20_000;

/** The tags of all entities: read once, then followed by the events of their node. */
export class TagKeeper {
  readonly #pubsub: Pubsub;
  readonly #view: AccountView;
  #tags = new Map<BareJid, readonly string[]>();

  constructor(pubsub: Pubsub, view: AccountView) {
    this.#pubsub = pubsub;
    this.#view = view;
  }

  /** Reads all tags. A service without the node has none. */
  async load(): Promise<Result<undefined, IqFailure>> {
    const page = await this.#pubsub.items(TAGS_NODE);
    if (!page.ok) return page;
    const before = this.#tags;
    this.#tags = new Map();
    for (const item of page.value.items) this.#take(item);
    for (const jid of before.keys()) {
      if (!this.#tags.has(jid)) this.#view.learnKnown(jid, { tags: [] });
    }
    return ok(undefined);
  }

  receive(event: PubsubEvent): void {
    if (event.node !== TAGS_NODE) return;
    // An entity retracts its old item before it publishes the new one: that alone tells.
    for (const item of event.published) this.#take(item);
    if (event.change === 'purged') this.#clear();
  }

  /** Gives a contact that has only just become known the tags it has. */
  apply(jid: BareJid): void {
    const tags = this.#tags.get(jid);
    if (tags) this.#view.learnKnown(jid, { tags });
  }

  /** What the node holds now. */
  async ask(jid: BareJid): Promise<Result<readonly string[], AppError>> {
    const loaded = await this.load();
    if (!loaded.ok) return err({ code: 'not-connected', jid: this.#view.account });
    return ok(this.#tags.get(jid) ?? []);
  }

  #take(item: PubsubItem): void {
    const tag = item.payload && readTagItem(item.payload);
    // A damaged item is its publisher's own loss.
    if (!tag?.ok) return;
    const { jid, tags } = tag.value;
    this.#tags.delete(jid);
    this.#tags.set(jid, tags);
    const [oldest] = this.#tags.keys();
    if (this.#tags.size > MOST && oldest !== undefined) this.#tags.delete(oldest);
    this.#view.learnKnown(jid, { tags });
  }

  #clear(): void {
    for (const jid of this.#tags.keys()) this.#view.learnKnown(jid, { tags: [] });
    this.#tags.clear();
  }
}
