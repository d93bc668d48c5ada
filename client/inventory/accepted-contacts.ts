import { parseJid, type BareJid } from '../../core/domain/jid.ts';
import type { Roster, RosterItem } from '../../node/xmpp/roster.ts';

/**
 * Contacts that were let in, until the roster shows that both sides see each other or will: what is
 * sent while the link breaks is lost, and a contact that is only seen by half stays without a state.
 */
export class AcceptedContacts {
  readonly #roster: Roster;
  /** By the name that they gave themselves. */
  readonly #owed = new Map<BareJid, string | undefined>();

  constructor(roster: Roster) {
    this.#roster = roster;
    roster.on('changed', ({ items, removed }) => {
      for (const jid of removed) withBare(jid, (bare) => this.#owed.delete(bare));
      for (const item of items) {
        if (isSettled(item)) withBare(item.jid, (bare) => this.#owed.delete(bare));
      }
    });
    roster.on('loaded', () => {
      // The server repeats the request of one that it does not have as accepted (RFC 6121 §3.1.3).
      this.#goOn((jid) => roster.items.has(jid));
    });
  }

  /** Whether this contact was let in, and the server may not have heard of it. */
  has(jid: BareJid): boolean {
    return this.#owed.has(jid);
  }

  /** Lets a contact see the account, and asks to see it in return. */
  async accept(jid: BareJid, nick: string | undefined): Promise<void> {
    this.#owed.set(jid, nick);
    const known = this.#roster.items.get(jid);
    await this.#roster.accept(jid);
    if (known?.name === undefined) await this.#roster.set(jid, nick, known?.groups ?? []);
    if (!isWatched(known)) await this.#roster.subscribe(jid);
  }

  /** The user thinks otherwise by now. */
  forget(jid: BareJid): void {
    this.#owed.delete(jid);
  }

  /** The link goes on after it was lost. */
  resumed(): void {
    this.#goOn(() => true);
  }

  #goOn(isMeant: (jid: BareJid) => boolean): void {
    for (const [jid, nick] of [...this.#owed]) {
      const item = this.#roster.items.get(jid);
      if (item && isSettled(item)) this.#owed.delete(jid);
      else if (isMeant(jid)) void this.accept(jid, nick);
    }
  }
}

/** What the contact shows is seen, or was asked for. */
function isWatched(item: RosterItem | undefined): boolean {
  return item?.subscription === 'to' || item?.subscription === 'both';
}

function isSettled(item: RosterItem): boolean {
  const isShown = item.subscription === 'from' || item.subscription === 'both';
  return isShown && (isWatched(item) || item.isAsked);
}

function withBare(jid: string, use: (bare: BareJid) => void): void {
  const parsed = parseJid(jid);
  if (parsed) use(parsed.bare);
}
