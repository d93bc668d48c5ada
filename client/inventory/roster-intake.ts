import { GROUP_DELIMITER } from '../../core/domain/group-path.ts';
import { parseJid, type BareJid } from '../../core/domain/jid.ts';
import type { Roster, RosterItem } from '../../node/xmpp/roster.ts';
import type { SliceQueue } from '../slices.ts';
import type { AccountView } from './account-view.ts';
import type { RosterFacts } from './contact.ts';

export interface RosterIntakeDependencies {
  readonly roster: Roster;
  readonly view: AccountView;
  readonly queue: SliceQueue;
  /** The account's own delimiter (XEP-0083). */
  readonly delimiter: () => string;
  /** A contact is there that was not before. */
  readonly added: (jid: BareJid) => void;
}

/** Takes what the roster says into the inventory. */
export class RosterIntake {
  readonly #own: RosterIntakeDependencies;
  /** A roster that is as it was brings the same items again. */
  readonly #taken = new WeakSet<RosterItem>();

  constructor(dependencies: RosterIntakeDependencies) {
    this.#own = dependencies;
    const { roster, queue, view } = dependencies;
    roster.on('loaded', (items) => this.#loaded(items));
    roster.on('changed', ({ items, removed }) => {
      for (const item of items) queue.push(() => this.#take(item));
      for (const jid of removed) queue.push(() => withJid(jid, (bare) => view.remove(bare)));
    });
  }

  #loaded(items: readonly RosterItem[]): void {
    const { view, queue } = this.#own;
    const listed = new Set(items.map((item) => item.jid));
    for (const { jid } of view.contacts()) {
      if (!listed.has(jid)) queue.push(() => view.remove(jid));
    }
    for (const item of items) if (!this.#taken.has(item)) queue.push(() => this.#take(item));
  }

  #take(item: RosterItem): void {
    this.#taken.add(item);
    withJid(item.jid, (jid) => {
      // Some servers list the account itself.
      if (jid === this.#own.view.account) return;
      const isNew = this.#own.view.facts(jid) === undefined;
      this.#own.view.learn(jid, { roster: this.#factsOf(item) });
      if (isNew) this.#own.added(jid);
    });
  }

  #factsOf({ name, groups, subscription, isAsked }: RosterItem): RosterFacts {
    const delimiter = this.#own.delimiter();
    return {
      name: name ?? '',
      groups: groups.map((group) => group.split(delimiter).join(GROUP_DELIMITER)),
      subscription,
      pending: isAsked,
    };
  }
}

/** A roster may hold addresses that are none; they harm nobody. */
function withJid(text: string, use: (jid: BareJid) => void): void {
  const jid = parseJid(text);
  if (jid) use(jid.bare);
}
