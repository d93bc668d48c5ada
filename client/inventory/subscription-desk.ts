import { parseJid, type BareJid } from '../../core/domain/jid.ts';
import type { Clock } from '../../node/xmpp/clock.ts';
import type { Roster, SubscriptionRequest } from '../../node/xmpp/roster.ts';
import { AcceptedContacts } from './accepted-contacts.ts';
import type { AccountView } from './account-view.ts';
import { ExpectedMachines, type ExpectedMachine } from './expected-machines.ts';
import type { Inventory } from './inventory.ts';
import { GrantLimit } from './standing-authorisation.ts';

/** How many requests of strangers wait for the user; more drop the oldest. */
const WAITING_MAX = 200;

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
  readonly #expected: ExpectedMachines;
  /** Ends when those that wait have been looked through. */
  #looked: Promise<void> = Promise.resolve();

  constructor(dependencies: SubscriptionDeskDependencies) {
    this.#own = dependencies;
    this.#accepted = new AcceptedContacts(dependencies.roster);
    this.#expected = new ExpectedMachines(dependencies.view.account, dependencies.clock);
    dependencies.roster.on('requested', (request) => void this.#requested(request));
  }

  /** The request of such a machine is accepted unasked; the function returned takes that back. */
  expect(machine: ExpectedMachine): () => void {
    const takeBack = this.#expected.add(machine);
    void this.reconsider();
    return takeBack;
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
  }

  async refuse(jid: BareJid): Promise<void> {
    this.#settle(jid);
    this.forget(jid);
    await this.#own.roster.refuse(jid);
  }

  async #requested({ jid, nick }: SubscriptionRequest): Promise<void> {
    const bare = parseJid(jid)?.bare;
    if (bare === undefined) return;
    const isExpected = (await this.#expected.take([bare])).length > 0;
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

  /**
   * Grants what waits and is authorised by now, or was ordered, as the hypervisor says that it was asked of.
   * One hypervisor has news: only machines of its own are asked after.
   */
  reconsider(hypervisor?: BareJid): Promise<void> {
    const look = (): Promise<void> => this.#lookAgain(hypervisor);
    this.#looked = this.#looked.then(look, look);
    return this.#looked;
  }

  async #lookAgain(hypervisor: BareJid | undefined): Promise<void> {
    const waiting = this.#waiting();
    if (waiting.length === 0) return;
    const ordered = await this.#expected.take(
      waiting.map(({ jid }) => jid),
      hypervisor,
    );
    for (const { jid, nick } of waiting) {
      // The user may have answered meanwhile.
      if (!this.#waiting().some((one) => one.jid === jid)) continue;
      if (ordered.includes(jid)) await this.accept(jid, nick);
      else await this.#grantStanding(jid, nick);
    }
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

  #settle(jid: BareJid): void {
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
