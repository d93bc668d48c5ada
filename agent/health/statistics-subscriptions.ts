import type { MachineChoice } from '../../core/protocol/codec/measured-values.ts';
import type { StatisticsSample } from '../../core/protocol/statistics-samples.ts';
import type { StatisticsSource } from './statistics-source.ts';

/** What one session wants to be sent. */
export interface Wish {
  readonly intervalMs: number;
  readonly leaseMs: number;
  readonly hypervisor: boolean;
  readonly machines: MachineChoice;
  /** Whether the session may still read a machine; asked at each sample, as grants change. */
  readonly mayRead: (uuid: string) => boolean;
}

interface Subscription extends Wish {
  readonly untilMs: number;
  sentMs: number;
}

/** The most sessions that one agent sends samples to. */
const MOST = 200;
/** A sample that comes a little early still counts as this interval's. */
const EARLY_MS = 250;

/** Who is sent samples, and until when. Without anybody nothing is sent. */
export class StatisticsSubscriptions {
  readonly #source: StatisticsSource;
  readonly #now: () => number;
  readonly #send: (to: string, sample: StatisticsSample) => void;
  readonly #held = new Map<string, Subscription>();

  constructor(
    source: StatisticsSource,
    now: () => number,
    send: (to: string, sample: StatisticsSample) => void,
  ) {
    this.#source = source;
    this.#now = now;
    this.#send = send;
    source.onSample((sample) => this.#tell(sample));
  }

  /** Begins or replaces the subscription of a session; false when there are too many. */
  subscribe(session: string, wish: Wish): boolean {
    this.#dropEnded();
    if (!this.#held.has(session) && this.#held.size >= MOST) return false;
    const latest = this.#source.latest();
    const held = { ...wish, untilMs: this.#now() + wish.leaseMs, sentMs: -Infinity };
    this.#held.set(session, held);
    this.#setRate();
    if (latest) this.#sendTo(session, held, latest);
    return true;
  }

  unsubscribe(session: string): void {
    this.#held.delete(session);
    this.#setRate();
  }

  #tell(sample: StatisticsSample): void {
    this.#dropEnded();
    for (const [session, held] of this.#held) {
      if (sample.atMs - held.sentMs >= held.intervalMs - EARLY_MS) {
        this.#sendTo(session, held, sample);
      }
    }
  }

  #sendTo(session: string, held: Subscription, sample: StatisticsSample): void {
    held.sentMs = sample.atMs;
    const wanted = held.machines === 'all' ? undefined : new Set(held.machines);
    this.#send(session, {
      ...sample,
      hypervisors: held.hypervisor ? sample.hypervisors : [],
      machines: sample.machines.filter(({ uuid }) => {
        return (wanted?.has(uuid) ?? true) && held.mayRead(uuid);
      }),
    });
  }

  #dropEnded(): void {
    const now = this.#now();
    const ended = [...this.#held].filter(([, { untilMs }]) => untilMs <= now);
    for (const [session] of ended) this.#held.delete(session);
    if (ended.length > 0) this.#setRate();
  }

  #setRate(): void {
    const intervals = [...this.#held.values()].map(({ intervalMs }) => intervalMs);
    this.#source.want(intervals.length === 0 ? undefined : Math.min(...intervals));
  }
}
