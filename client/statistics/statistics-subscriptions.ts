import type { AppError } from '../../core/contract/app-error.ts';
import type { EntityId } from '../../core/domain/entity.ts';
import type { BareJid } from '../../core/domain/jid.ts';
import type { Result } from '../../core/lib/result.ts';
import { MOST_MACHINES, type MachineChoice } from '../../core/protocol/codec/measured-values.ts';
import type { Action } from '../../core/protocol/define-action.ts';
import { statistics } from '../../core/protocol/statistics.ts';
import type { Clock } from '../../node/xmpp/clock.ts';
import type { AskOptions } from '../requests/request-engine.ts';
import { covers, together, type Wanted } from './wanted-statistics.ts';

/** A subscription ends by itself when the application does. */
const LEASE_S = 600;
const RENEW_MS = 480_000;
/** What nobody looks at any more is often looked at again: it comes for so long before it is ended. */
const LINGER_MS = 30_000;

const OPTIONS: AskOptions = { cause: 'query', priority: 'visible' };

export interface StatisticsLink {
  ask<Request, Reply>(
    action: Action<Request, Reply, 'get'>,
    jid: BareJid,
    input: Request,
    options: AskOptions,
  ): Promise<Result<Reply, AppError>>;
}

export interface StatisticsSubscriptionsDependencies {
  readonly clock: Clock;
  readonly link: (account: BareJid) => StatisticsLink | undefined;
  /** A lease has to be renewed, or more than is wanted has come for long enough. */
  readonly due: () => void;
}

interface Asked {
  readonly wanted: Wanted;
  readonly renewAt: number;
  /** Until when it may bring more than is wanted; absent while it brings just that. */
  readonly excessUntil?: number;
}

/** What hypervisors were asked to send. More is asked for at once, less after a while. */
export class StatisticsSubscriptions {
  readonly #own: StatisticsSubscriptionsDependencies;
  readonly #asked = new Map<EntityId, Asked>();
  #cancelDue: (() => void) | undefined;

  constructor(dependencies: StatisticsSubscriptionsDependencies) {
    this.#own = dependencies;
  }

  has(id: EntityId): boolean {
    return this.#asked.has(id);
  }

  /** It is not subscribed to any more: it went, or came anew. */
  forget(id: EntityId): void {
    this.#asked.delete(id);
  }

  forgetAccount(account: BareJid): void {
    for (const [id, { wanted }] of this.#asked) {
      if (wanted.account === account) this.#asked.delete(id);
    }
  }

  /** Asks for what is wanted and does not come yet, and ends what has not been wanted for a while. */
  adjust(wanted: ReadonlyMap<EntityId, Wanted>): void {
    const now = this.#own.clock.now();
    for (const [id, one] of wanted) this.#want(id, one, now);
    for (const [id, asked] of this.#asked) {
      if (!wanted.has(id)) this.#unwant(id, asked, now);
    }
    this.#planNext();
  }

  #want(id: EntityId, wanted: Wanted, now: number): void {
    const asked = this.#asked.get(id);
    const { excessUntil = now + LINGER_MS } = asked ?? {};
    if (!asked || asked.renewAt <= now || excessUntil <= now) {
      this.#subscribe(id, { wanted, renewAt: now + RENEW_MS });
      return;
    }
    const both = together(asked.wanted, wanted);
    const excess = covers(wanted, both) ? {} : { excessUntil };
    if (covers(asked.wanted, wanted)) {
      this.#asked.set(id, { wanted: asked.wanted, renewAt: asked.renewAt, ...excess });
    } else {
      this.#subscribe(id, { wanted: both, renewAt: now + RENEW_MS, ...excess });
    }
  }

  #unwant(id: EntityId, asked: Asked, now: number): void {
    const { wanted, excessUntil = now + LINGER_MS } = asked;
    if (excessUntil > now) {
      this.#asked.set(id, { ...asked, excessUntil });
      return;
    }
    this.#asked.delete(id);
    void this.#own.link(wanted.account)?.ask(statistics.unsubscribe, wanted.jid, {}, OPTIONS);
  }

  #planNext(): void {
    this.#cancelDue?.();
    this.#cancelDue = undefined;
    if (this.#asked.size === 0) return;
    const moments = [...this.#asked.values()].map(({ renewAt, excessUntil = renewAt }) =>
      Math.min(renewAt, excessUntil),
    );
    const { clock, due } = this.#own;
    const next = moments.reduce((first, one) => Math.min(first, one));
    this.#cancelDue = clock.after(Math.max(0, next - clock.now()), due);
  }

  #subscribe(id: EntityId, asked: Asked): void {
    const { account, jid, hypervisor, intervalSeconds, machines: wanted } = asked.wanted;
    const link = this.#own.link(account);
    if (!link) {
      this.#asked.delete(id);
      return;
    }
    this.#asked.set(id, asked);
    const isAll = wanted === 'all' || wanted.size > MOST_MACHINES;
    const machines: MachineChoice = isAll ? 'all' : [...wanted];
    const input = { intervalSeconds, leaseSeconds: LEASE_S, hypervisor, machines };
    // What was refused is asked again when the lease would have been renewed.
    void link.ask(statistics.subscribe, jid, input, OPTIONS);
  }
}
