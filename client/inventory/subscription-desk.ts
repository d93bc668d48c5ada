import { parseJid, type BareJid } from '../../core/domain/jid.ts';
import type { Clock } from '../../node/xmpp/clock.ts';
import type { Roster, SubscriptionRequest } from '../../node/xmpp/roster.ts';
import type { AccountView } from './account-view.ts';
import { isMachineJid } from './entity-kind.ts';
import type { Inventory } from './inventory.ts';

/** How long after it was ordered a new machine may ask for its subscription; copies of disks take time. */
const EXPECTED_FOR_MS = 30 * 60_000;

/** A machine that was ordered: by its JID where that is known, by its name otherwise. */
export interface ExpectedMachine {
  readonly jid?: BareJid;
  readonly name?: string;
}

export interface SubscriptionDeskDependencies {
  readonly roster: Roster;
  readonly inventory: Inventory;
  readonly view: AccountView;
  readonly clock: Clock;
}

/** Who asks to see this account: what was ordered is answered at once, others are shown to the user. */
export class SubscriptionDesk {
  readonly #own: SubscriptionDeskDependencies;
  #expected: readonly (ExpectedMachine & { readonly until: number })[] = [];

  constructor(dependencies: SubscriptionDeskDependencies) {
    this.#own = dependencies;
    dependencies.roster.on('requested', (request) => void this.#requested(request));
  }

  /** The next request of such a machine is accepted without asking the user. */
  expect(machine: ExpectedMachine): void {
    const until = this.#own.clock.now() + EXPECTED_FOR_MS;
    this.#expected = [...this.#expected, { ...machine, until }];
    const waiting = this.#own.inventory.requests.find(({ jid }) => jid === machine.jid);
    if (waiting) void this.accept(waiting.jid, waiting.nick);
  }

  /** Lets a contact see the account, and asks to see it in return. */
  async accept(jid: BareJid, nick: string | undefined): Promise<void> {
    const { roster, view } = this.#own;
    this.#settle(jid);
    const known = view.facts(jid)?.roster;
    await roster.accept(jid);
    if (!known || known.name === '') await roster.set(jid, nick, known?.groups ?? []);
    if (known?.subscription !== 'to' && known?.subscription !== 'both') await roster.subscribe(jid);
  }

  async refuse(jid: BareJid): Promise<void> {
    this.#settle(jid);
    await this.#own.roster.refuse(jid);
  }

  async #requested({ jid, nick }: SubscriptionRequest): Promise<void> {
    const bare = parseJid(jid)?.bare;
    if (bare === undefined) return;
    if (this.#takeExpected(bare, nick)) {
      await this.accept(bare, nick);
      return;
    }
    const { inventory, view } = this.#own;
    const request = { account: view.account, jid: bare, ...(nick === undefined ? {} : { nick }) };
    const others = inventory.requests.filter((one) => !isSame(one, request));
    inventory.setRequests([...others, request]);
  }

  #takeExpected(jid: BareJid, nick: string | undefined): boolean {
    const now = this.#own.clock.now();
    const valid = this.#expected.filter((one) => one.until > now);
    const found = valid.find((one) => isExpected(one, jid, nick));
    this.#expected = valid.filter((one) => one !== found);
    return found !== undefined;
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

function isSame(one: Identified, other: Identified): boolean {
  return one.account === other.account && one.jid === other.jid;
}

function isExpected(expected: ExpectedMachine, jid: BareJid, nick: string | undefined): boolean {
  if (expected.jid !== undefined) return expected.jid === jid;
  if (!isMachineJid(jid)) return false;
  const wanted = expected.name?.replaceAll(' ', '-').toLowerCase();
  return wanted === undefined || wanted === nick?.replaceAll(' ', '-').toLowerCase();
}
