import type { BareJid } from '../../core/domain/jid.ts';

/** The accounts that may everything: those of the configuration and those of the pubsub node. */
export class Administrators {
  readonly #configured: ReadonlySet<BareJid>;
  readonly #published = new Map<string, BareJid>();

  constructor(configured: readonly BareJid[]) {
    this.#configured = new Set(configured);
  }

  has(user: BareJid): boolean {
    return this.#configured.has(user) || [...this.#published.values()].includes(user);
  }

  /** An item of the node was published; its id names it when it is retracted. */
  publish(item: string, user: BareJid): void {
    this.#published.set(item, user);
  }

  retract(item: string): void {
    this.#published.delete(item);
  }

  /** Everything that the node holds now. */
  replace(items: ReadonlyMap<string, BareJid>): void {
    this.#published.clear();
    for (const [item, user] of items) this.#published.set(item, user);
  }
}
