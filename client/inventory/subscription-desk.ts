import { parseJid, type BareJid } from '../../core/domain/jid.ts';
import type { Clock } from '../../node/xmpp/clock.ts';
import type { Roster, SubscriptionRequest } from '../../node/xmpp/roster.ts';
import { AcceptedContacts } from './accepted-contacts.ts';
import type { AccountView } from './account-view.ts';
import type { Inventory } from './inventory.ts';
import { GrantLimit } from './standing-authorisation.ts';

/** How long after it was ordered a new machine may ask for its subscription; copies of disks take time. */
const EXPECTED_FOR_MS = 30 * 60_000;
/** How many requests of strangers wait for the user; more drop the oldest. */
const WAITING_MAX = 200;

/**
 * A machine that was ordered: by its JID where that is known, otherwise by what its hypervisor says
 * of it. What a machine says of itself, such as its name, anybody can say.
 */
export type ExpectedMachine =
  { readonly jid: BareJid } | { readonly isIt: (machine: BareJid) => Promise<boolean> };

type Expected = ExpectedMachine & { readonly until: number };

export interface SubscriptionDeskDependencies {
  readonly roster: Roster;
  readonly inventory: Inventory;
  readonly view: AccountView;
  readonly clock: Clock;
  /** The user said that this address is always granted what it asks for. */
  readonly isAuthorised: (jid: BareJid) => boolean;
  /** It was granted, because the user said so earlier. */
  readonly authorised: (jid: BareJid, nick: string | undefined) => void;
}

/** Who asks to see this account: what was ordered is answered at once, others are shown to the user. */
export class SubscriptionDesk {
  readonly #own: SubscriptionDeskDependencies;
  readonly #limit = new GrantLimit();
  readonly #accepted: AcceptedContacts;
  /** When the user refused or removed whom, the latest last. */
  readonly #unwanted = new Map<BareJid, number>();
  #expected: readonly Expected[] = [];

  constructor(dependencies: SubscriptionDeskDependencies) {
    this.#own = dependencies;
    this.#accepted = new AcceptedContacts(dependencies.roster);
    dependencies.roster.on('requested', (request) => void this.#requested(request));
  }

  /** The next request of such a machine is accepted unasked; the function returned takes that back. */
  expect(machine: ExpectedMachine): () => void {
    const until = this.#own.clock.now() + EXPECTED_FOR_MS;
    const expected = { ...machine, until };
    this.#expected = [...this.#expected, expected];
    const waiting = 'jid' in machine && this.#waiting().find(({ jid }) => jid === machine.jid);
    if (waiting) void this.accept(waiting.jid, waiting.nick);
    return () => void this.#drop(expected);
  }

  /** The same where it was found out late that it was ordered at that time: the user's answer since then holds. */
  expectSince(jid: BareJid, orderedAt: number): void {
    if (this.#isUnwantedSince(jid, orderedAt) || this.#own.roster.items.has(jid)) return;
    this.expect({ jid });
  }

  /** Lets a contact see the account, and asks to see it in return; once the link is back where it breaks. */
  async accept(jid: BareJid, nick: string | undefined): Promise<void> {
    this.#settle(jid);
    await this.#accepted.accept(jid, nick);
  }

  /** The link goes on after it was lost. */
  resumed(): void {
    this.#accepted.resumed();
  }

  /** The user thinks otherwise of who was let in: nothing is gone on with. */
  forget(jid: BareJid): void {
    this.#accepted.forget(jid);
    this.#takeBack(jid);
    // Anew at the end: the oldest come first.
    this.#unwanted.delete(jid);
    this.#unwanted.set(jid, this.#own.clock.now());
    const [oldest] = this.#unwanted.keys();
    if (this.#unwanted.size > WAITING_MAX && oldest !== undefined) this.#unwanted.delete(oldest);
  }

  async refuse(jid: BareJid): Promise<void> {
    this.#settle(jid);
    this.forget(jid);
    await this.#own.roster.refuse(jid);
  }

  #isUnwantedSince(jid: BareJid, at: number): boolean {
    return (this.#unwanted.get(jid) ?? -Infinity) >= at;
  }

  #takeBack(jid: BareJid): void {
    this.#expected = this.#expected.filter((one) => !('jid' in one) || one.jid !== jid);
  }

  async #requested({ jid, nick }: SubscriptionRequest): Promise<void> {
    const bare = parseJid(jid)?.bare;
    if (bare === undefined) return;
    const askedAt = this.#own.clock.now();
    const isExpected = await this.#takeExpected(bare);
    // The user has answered one like it meanwhile.
    if (this.#isUnwantedSince(bare, askedAt)) return;
    if (!isExpected && (await this.#grantStanding(bare, nick))) return;
    // A server that repeats a request has not heard the answer.
    if (isExpected || this.#accepted.has(bare)) {
      await this.accept(bare, nick);
      return;
    }
    const { inventory, view } = this.#own;
    const request = { account: view.account, jid: bare, ...(nick === undefined ? {} : { nick }) };
    const others = inventory.requests.filter((one) => !isSame(one, request));
    inventory.setRequests(withinBounds([...others, request], view.account));
  }

  /** Grants what waits and is authorised by now. */
  async reconsider(): Promise<void> {
    for (const { jid, nick } of this.#waiting()) await this.#grantStanding(jid, nick);
  }

  #waiting() {
    const { inventory, view } = this.#own;
    return inventory.requests.filter(({ account }) => account === view.account);
  }

  async #grantStanding(jid: BareJid, nick: string | undefined): Promise<boolean> {
    const { clock, isAuthorised, authorised } = this.#own;
    if (!isAuthorised(jid) || !this.#limit.take(clock.now())) return false;
    await this.accept(jid, nick);
    authorised(jid, nick);
    return true;
  }

  async #takeExpected(jid: BareJid): Promise<boolean> {
    const now = this.#own.clock.now();
    this.#expected = this.#expected.filter((one) => one.until > now);
    if (this.#takeByJid(jid)) return true;
    for (const expected of this.#expected) {
      if ('jid' in expected || !(await expected.isIt(jid))) continue;
      // Another request may have been the one meanwhile.
      if (this.#drop(expected)) return true;
    }
    // What was ordered may have been answered for while others were asked after.
    return this.#takeByJid(jid);
  }

  #takeByJid(jid: BareJid): boolean {
    const expected = this.#expected.find((one) => 'jid' in one && one.jid === jid);
    return expected !== undefined && this.#drop(expected);
  }

  /** False where it was not expected any more. */
  #drop(expected: Expected): boolean {
    const before = this.#expected.length;
    this.#expected = this.#expected.filter((one) => one !== expected);
    return this.#expected.length < before;
  }

  #settle(jid: BareJid): void {
    this.#takeBack(jid);
    const { inventory, view } = this.#own;
    const settled = { account: view.account, jid };
    const others = inventory.requests.filter((one) => !isSame(one, settled));
    if (others.length < inventory.requests.length) inventory.setRequests(others);
  }
}

interface Identified {
  readonly account: BareJid;
  readonly jid: BareJid;
}

/** Drops the account's oldest requests beyond what may wait. */
function withinBounds<T extends Identified>(requests: readonly T[], account: BareJid) {
  const excess = requests.filter((one) => one.account === account).length - WAITING_MAX;
  const dropped = new Set(
    requests.filter((one) => one.account === account).slice(0, Math.max(0, excess)),
  );
  return requests.filter((one) => !dropped.has(one));
}

function isSame(one: Identified, other: Identified): boolean {
  return one.account === other.account && one.jid === other.jid;
}
