import { nodeOf, type BareJid } from '../../core/domain/jid.ts';
import { isUuid } from '../../core/domain/uuid.ts';
import { err, ok, type Result } from '../../core/lib/result.ts';
import {
  MOST_USERS_FOUND,
  USERS_PAGE_SIZE,
  type XmppUser,
} from '../../core/protocol/xmpp-users.ts';
import type { ServerAnswer, ServerUsers } from './server-users.ts';

/** A list of as many accounts as the server has may still be another one after this. */
const OLD_MS = 60_000;

/** What the server had when it was last looked at, sorted. */
interface Seen {
  readonly all: readonly XmppUser[];
  readonly humans: readonly XmppUser[];
  /** As the server counted them. */
  readonly count: number;
  readonly at: number;
}

export interface DirectoryParts {
  readonly users: ServerUsers;
  readonly isHypervisor: (jid: BareJid) => boolean;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** The accounts of a server, kept sorted between one look at it and the next. */
export class UserDirectory {
  readonly #parts: DirectoryParts;
  #seen: Seen | undefined;
  #looking: ServerAnswer<Seen> | undefined;

  constructor(parts: DirectoryParts) {
    this.#parts = parts;
  }

  /** A page from 0; none behind the last. Page 0 looks at the server again. */
  async page(page: number, humansOnly: boolean): ServerAnswer<readonly XmppUser[]> {
    const seen = page === 0 ? await this.#look() : await this.#known();
    if (!seen.ok) return seen;
    const users = humansOnly ? seen.value.humans : seen.value.all;
    return ok(users.slice(page * USERS_PAGE_SIZE, (page + 1) * USERS_PAGE_SIZE));
  }

  async number(humansOnly: boolean): ServerAnswer<number> {
    const seen = await this.#look();
    return seen.ok ? ok((humansOnly ? seen.value.humans : seen.value.all).length) : seen;
  }

  /** Those with a text in their JID, of any case. Where nothing is found, the server is looked at. */
  async filter(text: string): ServerAnswer<readonly XmppUser[]> {
    const wanted = text.toLowerCase();
    const known = await this.#known();
    if (!known.ok) return known;
    const found = matching(known.value.all, wanted);
    if (found.length > 0) return bounded(found, text);
    const seen = await this.#look();
    return seen.ok ? bounded(matching(seen.value.all, wanted), text) : seen;
  }

  /** The accounts changed by our own doing. */
  outdate(): void {
    this.#seen = undefined;
  }

  async #known(): ServerAnswer<Seen> {
    return this.#seen ? ok(this.#seen) : this.#look();
  }

  /** Many may ask at once: they share one look. */
  #look(): ServerAnswer<Seen> {
    this.#looking ??= this.#lookNow().finally(() => (this.#looking = undefined));
    return this.#looking;
  }

  async #lookNow(): ServerAnswer<Seen> {
    const { users, now } = this.#parts;
    const before = this.#seen;
    const count = await users.count();
    if (!count.ok) return count;
    const isYoung = before !== undefined && now() - before.at < OLD_MS;
    if (isYoung && before.count === count.value && before === this.#seen) return ok(before);
    const listed = await users.list();
    if (!listed.ok) return listed;
    const all = [...listed.value].sort().map((jid) => ({ jid, type: this.#typeOf(jid) }));
    const humans = all.filter(({ type }) => type === 'user');
    const seen = { all, humans, count: count.value, at: now() };
    this.#seen = seen;
    return ok(seen);
  }

  #typeOf(jid: BareJid): XmppUser['type'] {
    if (this.#parts.isHypervisor(jid)) return 'hypervisor';
    return isUuid(nodeOf(jid) ?? '') ? 'virtualmachine' : 'user';
  }
}

function matching(users: readonly XmppUser[], wanted: string): readonly XmppUser[] {
  // A bare JID as our reader gives it is in lower case.
  return users.filter(({ jid }) => jid.includes(wanted));
}

function bounded(found: readonly XmppUser[], text: string): Result<readonly XmppUser[], string> {
  if (found.length <= MOST_USERS_FOUND) return ok(found);
  return err(
    `Too much users returned (${found.length}) for filter (${text}), please narrow down your search filter.`,
  );
}
