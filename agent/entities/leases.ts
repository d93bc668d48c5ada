import type { BareJid } from '../../core/domain/jid.ts';
import { err, ok, type Result } from '../../core/lib/result.ts';

export interface Subscriber {
  readonly jid: BareJid;
  /** With the resource: what it subscribes to goes to that very session. */
  readonly from: string;
}

/** How many leases there may be in all, so that nobody is told late, and of one user, so that some are left. */
export interface LeaseBounds {
  readonly most: number;
  readonly mostOfUser: number;
}

interface Lease<T> {
  readonly subscriber: Subscriber;
  readonly untilMs: number;
  readonly value: T;
}

/** What sessions have subscribed to, one thing each, until their leases end. */
export class Leases<T> {
  readonly #bounds: LeaseBounds;
  readonly #all = new Map<string, Lease<T>>();

  constructor(bounds: LeaseBounds) {
    this.#bounds = bounds;
  }

  get count(): number {
    return this.#all.size;
  }

  /** Gives a session a lease in place of its last one; the error is one sentence. */
  begin(
    subscriber: Subscriber,
    value: T,
    { nowMs, seconds }: { readonly nowMs: number; readonly seconds: number },
  ): Result<undefined, string> {
    this.#endExpired(nowMs);
    const refusal = this.#refusal(subscriber);
    if (refusal !== undefined) return err(refusal);
    this.#all.set(subscriber.from, { subscriber, untilMs: nowMs + seconds * 1000, value });
    return ok(undefined);
  }

  end(from: string): void {
    this.#all.delete(from);
  }

  /** Those that have not ended by then. */
  at(nowMs: number): readonly { readonly subscriber: Subscriber; readonly value: T }[] {
    this.#endExpired(nowMs);
    return [...this.#all.values()];
  }

  /** Why a session gets none; one that has one may always renew it. */
  #refusal({ jid, from }: Subscriber): string | undefined {
    const { most, mostOfUser } = this.#bounds;
    if (this.#all.has(from)) return undefined;
    if (this.#all.size >= most) return `There are ${most} subscriptions already; try again later.`;
    const own = [...this.#all.values()].filter(({ subscriber }) => subscriber.jid === jid);
    if (own.length < mostOfUser) return undefined;
    return `You have ${mostOfUser} subscriptions already; end one of your sessions.`;
  }

  #endExpired(nowMs: number): void {
    for (const [from, { untilMs }] of this.#all) if (untilMs <= nowMs) this.#all.delete(from);
  }
}
