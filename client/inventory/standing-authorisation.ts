import type { AccountSettings } from '../../core/contract/accounts.ts';
import { parseJid, type BareJid } from '../../core/domain/jid.ts';

/** So many requests within this time are granted unasked; more than that is no fleet that arrives. */
const MOST_GRANTED = 100;
const WITHIN_MS = 10 * 60_000;

/** Whether the account's user said that requests of this address are always granted. */
export function isAuthorised({ jid: account, authorise }: AccountSettings, jid: BareJid): boolean {
  if (!authorise || jid === account) return false;
  if (authorise.jids.includes(jid)) return true;
  // Subdomains are other services: whoever runs one is not the user's server.
  return authorise.ownDomain && parseJid(jid)?.domain === parseJid(account)?.domain;
}

/** The settings with one more address whose requests are always granted. */
export function withAuthorised(settings: AccountSettings, jid: BareJid): AccountSettings {
  const { ownDomain = false, jids = [] } = settings.authorise ?? {};
  return { ...settings, authorise: { ownDomain, jids: [...new Set([...jids, jid])] } };
}

/** Counts what was granted unasked, so that a flood of requests comes before the user again. */
export class GrantLimit {
  #granted: readonly number[] = [];

  /** Whether one more may be granted at this time; one that may is counted. */
  take(now: number): boolean {
    this.#granted = this.#granted.filter((at) => at > now - WITHIN_MS);
    if (this.#granted.length >= MOST_GRANTED) return false;
    this.#granted = [...this.#granted, now];
    return true;
  }
}
