import type { AppError } from '../../core/contract/app-error.ts';
import { GROUP_DELIMITER } from '../../core/domain/group-path.ts';
import { parseJid, type BareJid } from '../../core/domain/jid.ts';
import { err, ok, type Result } from '../../core/lib/result.ts';
import { NS } from '../../node/xmpp/namespaces.ts';
import type { Roster } from '../../node/xmpp/roster.ts';
import type { IqFailure } from '../../node/xmpp/session-failure.ts';
import type { ContactDesk } from '../commands/command-context.ts';
import type { EventSubscriptions } from '../inventory/event-subscriptions.ts';
import { linkError } from '../requests/request-failure.ts';
import { ANSWER_TIMEOUT_MS } from '../requests/request-engine.ts';

export interface AccountContactsDependencies {
  readonly account: BareJid;
  readonly roster: Roster;
  readonly subscriptions: EventSubscriptions;
  /** Whoever was let in is not wanted any more: nothing of that is sent again. */
  readonly forget: (jid: BareJid) => void;
  /** The account's own delimiter of nested groups. */
  readonly delimiter: () => string;
}

/** Changes to the account's roster, for commands. */
export class AccountContacts implements ContactDesk {
  readonly #own: AccountContactsDependencies;
  /** Contacts that are gone and could not be taken out of the roster yet. */
  readonly #leaving = new Set<BareJid>();

  constructor(dependencies: AccountContactsDependencies) {
    this.#own = dependencies;
    dependencies.roster.on('loaded', () => this.leaveAgain());
  }

  async set(
    jid: BareJid,
    name: string,
    groups: readonly string[],
  ): Promise<Result<undefined, AppError>> {
    const delimiter = this.#own.delimiter();
    const own = groups.map((group) => group.split(GROUP_DELIMITER).join(delimiter));
    return this.#outcome(await this.#own.roster.set(jid, name === '' ? undefined : name, own));
  }

  async regroup(
    jid: BareJid,
    change: (groups: readonly string[]) => readonly string[],
  ): Promise<Result<undefined, AppError>> {
    const item = this.#own.roster.items.get(jid);
    if (!item) return err({ code: 'not-found', what: jid });
    const delimiter = this.#own.delimiter();
    const groups = item.groups.map((group) => group.split(delimiter).join(GROUP_DELIMITER));
    const changed = change(groups);
    // The order of groups means nothing (RFC 6121 §2.1.2.4).
    const isSame = changed.length === groups.length && changed.every((one) => groups.includes(one));
    return isSame ? ok(undefined) : this.set(jid, item.name ?? '', changed);
  }

  async remove(jid: BareJid): Promise<Result<undefined, AppError>> {
    this.#own.forget(jid);
    const answer = await this.#own.roster.remove(jid);
    // A machine that was deleted has often left a shared group, and with it the roster, before.
    const removed = isGone(answer) ? ok(undefined) : this.#outcome(answer);
    if (removed.ok) void this.#own.subscriptions.leave(jid);
    return removed;
  }

  /** Takes a contact out that is gone: now, or where the link breaks once it is back. */
  async leave(jid: BareJid): Promise<void> {
    this.#leaving.add(jid);
    const removed = await this.remove(jid);
    if (removed.ok || removed.error.code === 'refused') this.#leaving.delete(jid);
  }

  /** The link works again. */
  leaveAgain(): void {
    for (const jid of this.#leaving) void this.leave(jid);
  }

  async subscribe(jid: BareJid): Promise<Result<undefined, AppError>> {
    return this.#outcome(await this.#own.roster.subscribe(jid));
  }

  async unsubscribe(jid: BareJid): Promise<Result<undefined, AppError>> {
    this.#own.forget(jid);
    return this.#outcome(await this.#own.roster.unsubscribe(jid));
  }

  #outcome(outcome: Result<void, IqFailure>): Result<undefined, AppError> {
    if (outcome.ok) return ok(undefined);
    const { account } = this.#own;
    const entity = parseJid(account)?.domain ?? account;
    const failure = outcome.error;
    if (failure.code !== 'stanza-error') {
      // Setting a contact twice is setting it once: what is not known may be asked for again.
      return err(linkError(failure, { account, entity, timeoutMs: ANSWER_TIMEOUT_MS }));
    }
    return err({
      code: 'refused',
      entity,
      namespace: NS.roster,
      action: 'set',
      class: 'xmpp',
      number: failure.legacyCode ?? 0,
      text: failure.text === '' ? (failure.condition ?? '') : failure.text,
    });
  }
}

/** The server has no such contact (RFC 6121 §2.5.3), which is what was wanted. */
function isGone(answer: Result<void, IqFailure>): boolean {
  if (answer.ok || answer.error.code !== 'stanza-error') return false;
  return answer.error.condition === 'item-not-found';
}
