import type { BareJid } from '../../core/domain/jid.ts';
import { ok, type Result } from '../../core/lib/result.ts';
import type { RequestOf, ReplyOf } from '../../core/protocol/define-action.ts';
import type { statistics } from '../../core/protocol/statistics.ts';
import type { StatisticsSample } from '../../core/protocol/statistics-samples.ts';
import { Leases, type Subscriber } from '../entities/leases.ts';
import type { HealthCollector } from './collector.ts';
import type { Reading } from './reading.ts';
import { sampleOf } from './samples.ts';

type Wanted = RequestOf<typeof statistics.subscribe>;
type Granted = ReplyOf<typeof statistics.subscribe>;

interface Subscription {
  readonly subscriber: Subscriber;
  readonly wanted: Wanted;
  readonly intervalMs: number;
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

const BOUNDS = { most: 500, mostOfUser: 50 };

/** Who is sent samples, how often, and for how long. Without subscriptions nothing is sent. */
export class StatisticsSubscriptions {
  readonly #parts: SubscriptionParts;
  readonly #leases = new Leases<Subscription>(BOUNDS);

  constructor(parts: SubscriptionParts) {
    this.#parts = parts;
    parts.collector.onReading((reading) => this.#tell(reading));
  }

  get count(): number {
    return this.#leases.count;
  }

  /** Begins a subscription in place of the session's last one; the error is one sentence. */
  subscribe(subscriber: Subscriber, wanted: Wanted): Result<Granted, string> {
    const { collector } = this.#parts;
    const nowMs = this.#parts.nowMs();
    const intervalMs = Math.max(wanted.intervalSeconds * 1000, collector.intervalMs);
    const { now, before } = collector.readings;
    const subscription = {
      subscriber,
      wanted,
      intervalMs,
      dueMs: (now?.atMs ?? nowMs) + intervalMs,
      before: now,
    };
    const lease = { nowMs, seconds: wanted.leaseSeconds };
    const begun = this.#leases.begin(subscriber, subscription, lease);
    if (!begun.ok) return begun;
    // After the answer, which says that it comes.
    if (now) setImmediate(() => this.#send(subscription, before, now));
    return ok({
      intervalSeconds: Math.ceil(intervalMs / 1000),
      leaseSeconds: wanted.leaseSeconds,
    });
  }

  /** Ends the subscription of a session that asks for it, or that is gone. */
  unsubscribe(from: string): void {
    this.#leases.end(from);
  }

  #tell(reading: Reading): void {
    // A reading that comes a little early is the one that was meant.
    const reachMs = reading.atMs + this.#parts.collector.intervalMs / 2;
    for (const { value: subscription } of this.#leases.at(reading.atMs)) {
      if (subscription.dueMs > reachMs) continue;
      this.#send(subscription, subscription.before, reading);
      subscription.before = reading;
      subscription.dueMs = Math.max(subscription.dueMs, reading.atMs) + subscription.intervalMs;
    }
  }

  /** Who lost the permission is told no more; permissions are read at each sample, for they change. */
  #send({ subscriber, wanted }: Subscription, before: Reading | undefined, now: Reading): void {
    if (!this.#parts.maySeeHost(subscriber.jid)) {
      this.#leases.end(subscriber.from);
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
