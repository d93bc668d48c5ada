import type { BareJid } from '../../core/domain/jid.ts';
import { err, ok, type Result } from '../../core/lib/result.ts';
import type { RequestOf, ReplyOf } from '../../core/protocol/define-action.ts';
import type { statistics } from '../../core/protocol/statistics.ts';
import type { StatisticsSample } from '../../core/protocol/statistics-samples.ts';
import type { HealthCollector } from './collector.ts';
import type { Reading } from './reading.ts';
import { sampleOf } from './samples.ts';

type Wanted = RequestOf<typeof statistics.subscribe>;
type Granted = ReplyOf<typeof statistics.subscribe>;

export interface Subscriber {
  readonly jid: BareJid;
  /** With the resource: samples go to that very session. */
  readonly from: string;
}

interface Subscription {
  readonly subscriber: Subscriber;
  readonly wanted: Wanted;
  readonly intervalMs: number;
  readonly untilMs: number;
  dueMs: number;
  before: Reading | undefined;
}

export interface SubscriptionParts {
  readonly collector: Pick<HealthCollector, 'intervalMs' | 'onReading' | 'readings'>;
  readonly nowMs: () => number;
  readonly send: (to: string, sample: StatisticsSample) => void;
  /** Whether a user may know how a machine is; also false where there is no such machine. */
  readonly maySee: (user: BareJid, uuid: string) => boolean;
  /** Whether a user may know how the hypervisor is. */
  readonly maySeeHost: (user: BareJid) => boolean;
}

/** Subscriptions in all, so that nobody's samples are late, and of one user, so that some are left. */
const [MOST, MOST_OF_USER] = [500, 50];

/** Who is sent samples, how often, and for how long. Without subscriptions nothing is sent. */
export class StatisticsSubscriptions {
  readonly #parts: SubscriptionParts;
  readonly #all = new Map<string, Subscription>();

  constructor(parts: SubscriptionParts) {
    this.#parts = parts;
    parts.collector.onReading((reading) => this.#tell(reading));
  }

  get count(): number {
    return this.#all.size;
  }

  /** Begins a subscription in place of the session's last one; the error is one sentence. */
  subscribe(subscriber: Subscriber, wanted: Wanted): Result<Granted, string> {
    const { collector, nowMs } = this.#parts;
    this.#endExpired(nowMs());
    const refusal = this.#refusal(subscriber);
    if (refusal !== undefined) return err(refusal);
    const intervalMs = Math.max(wanted.intervalSeconds * 1000, collector.intervalMs);
    const { now, before } = collector.readings;
    const subscription = {
      subscriber,
      wanted,
      intervalMs,
      untilMs: nowMs() + wanted.leaseSeconds * 1000,
      dueMs: (now?.atMs ?? nowMs()) + intervalMs,
      before: now,
    };
    this.#all.set(subscriber.from, subscription);
    // After the answer, which says that it comes.
    if (now) setImmediate(() => this.#send(subscription, before, now));
    return ok({
      intervalSeconds: Math.ceil(intervalMs / 1000),
      leaseSeconds: wanted.leaseSeconds,
    });
  }

  /** Ends the subscription of a session that asks for it, or that is gone. */
  unsubscribe(from: string): void {
    this.#all.delete(from);
  }

  /** Why a session gets no subscription; one that has one may always renew it. */
  #refusal({ jid, from }: Subscriber): string | undefined {
    if (this.#all.has(from)) return undefined;
    if (this.#all.size >= MOST) return `There are ${MOST} subscriptions already; try again later.`;
    const own = [...this.#all.values()].filter(({ subscriber }) => subscriber.jid === jid);
    if (own.length < MOST_OF_USER) return undefined;
    return `You have ${MOST_OF_USER} subscriptions already; end one of your sessions.`;
  }

  #endExpired(nowMs: number): void {
    for (const [from, { untilMs }] of this.#all) if (untilMs <= nowMs) this.#all.delete(from);
  }

  #tell(reading: Reading): void {
    this.#endExpired(reading.atMs);
    // A reading that comes a little early is the one that was meant.
    const reachMs = reading.atMs + this.#parts.collector.intervalMs / 2;
    for (const subscription of this.#all.values()) {
      if (subscription.dueMs > reachMs) continue;
      this.#send(subscription, subscription.before, reading);
      subscription.before = reading;
      subscription.dueMs = Math.max(subscription.dueMs, reading.atMs) + subscription.intervalMs;
    }
  }

  /** Who lost the permission is told no more; permissions are read at each sample, for they change. */
  #send({ subscriber, wanted }: Subscription, before: Reading | undefined, now: Reading): void {
    if (!this.#parts.maySeeHost(subscriber.jid)) {
      this.#all.delete(subscriber.from);
      return;
    }
    const sample = sampleOf(before, {
      ...now,
      machines: this.#machinesFor(subscriber, wanted, now),
    });
    const hypervisors = wanted.hypervisor === true ? sample.hypervisors : [];
    this.#parts.send(subscriber.from, { ...sample, hypervisors });
  }

  #machinesFor({ jid }: Subscriber, { machines = [] }: Wanted, now: Reading): Reading['machines'] {
    const uuids = machines === 'all' ? [...now.machines.keys()] : machines;
    const seen = uuids.flatMap((uuid) => {
      const machine = now.machines.get(uuid);
      return machine && this.#parts.maySee(jid, uuid) ? [[uuid, machine] as const] : [];
    });
    return new Map(seen);
  }
}
