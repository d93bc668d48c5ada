import { parseJid, type BareJid } from '../../core/domain/jid.ts';
import type { ActionFailure } from '../../core/protocol/define-action.ts';
import type { Outcome } from '../../core/protocol/outcome.ts';
import type { StorageFault } from '../../node/storage/stored-format.ts';
import { keptText } from '../../node/xmpp/kept-text.ts';
import { given } from '../modules/given.ts';
import { OrdersInMemory, type KeptOrders, type OrderEvent } from '../store/kept-orders.ts';
import { OrderLog } from './order-log.ts';

/** How many orders of one entity are kept on record. */
const KEPT = 500;
/** For how long they are. */
const KEPT_MS = 24 * 3_600_000;
/** What is kept of what a failure says. */
const TEXT_MAX = 1000;

/** An order as it came in. */
export interface ArrivedOrder {
  /** Of the iq. */
  readonly id: string;
  /** Of the iq, a full JID. */
  readonly from: string;
  readonly namespace: string;
  readonly action: string;
}

/** What became of one order, as the events that say so. */
interface Kept {
  readonly arrival: Extract<OrderEvent, { readonly event: 'begun' | 'given-up' }>;
  /** It arrived at an agent that has ended since. */
  readonly isOfBefore: boolean;
  end?: Extract<OrderEvent, { readonly event: 'ended' }>;
}

/** Writes down how an order ended: why it failed, or that it was carried out and what machine it made. */
export type EndOrder = (failure: ActionFailure | undefined, made?: BareJid) => void;

/**
 * What became of the orders that reached one entity, so that who lost the answer can ask. It outlives
 * the agent, is bounded in number and age, and always says how far back it reaches: what is not in it
 * and is younger than that never arrived.
 */
export class OutcomeRecord {
  readonly #clock: () => number;
  readonly #kept = new Map<string, Kept>();
  readonly #log: OrderLog;
  /** Since when nothing was forgotten. */
  #sinceMs: number;

  /** The clock gives milliseconds since 1970 and never goes back. */
  constructor(
    clock: () => number = steadyClock,
    log = new OrderLog(new OrdersInMemory(), 0, () => undefined),
  ) {
    this.#clock = clock;
    this.#log = log;
    this.#sinceMs = clock();
  }

  /** With what an earlier agent has written down; faults are told, and then it begins anew. */
  static async open(
    kept: KeptOrders,
    onFault: (fault: StorageFault) => void,
    clock: () => number = steadyClock,
  ): Promise<OutcomeRecord> {
    const loaded = await kept.load();
    if (!loaded.ok) onFault(loaded.error);
    const events = loaded.ok ? loaded.value : [];
    const record = new OutcomeRecord(clock, new OrderLog(kept, events.length, onFault));
    record.#restore(events);
    if (events.length === 0) record.#note({ event: 'since', atMs: record.#sinceMs });
    await record.written();
    return record;
  }

  /** An order is about to be looked at; undefined: it was given up before it arrived. */
  begin(order: ArrivedOrder): EndOrder | undefined {
    const { id, from, namespace, action } = copied(order);
    const sender = parseJid(from)?.bare;
    // Nobody can ask after what has no id.
    if (sender === undefined || id === '') return () => undefined;
    if (this.#kept.get(keyOf(sender, id))?.arrival.event === 'given-up') return undefined;
    const atMs = this.#clock();
    const arrival = { event: 'begun', sender, id, atMs, namespace, action } as const;
    const kept: Kept = { arrival, isOfBefore: false };
    this.#keep(kept);
    this.#note(arrival);
    return (failure, made) => {
      const told = given({ failure: failure && shortened(failure), made });
      kept.end = { event: 'ended', sender, id, atMs: this.#clock(), ...told };
      this.#note(kept.end);
    };
  }

  /** What became of an order; one that has not arrived yet is given up when its sender asks. */
  find(sender: BareJid, id: string, asker: BareJid): Outcome {
    this.#forgetOld();
    const kept = this.#kept.get(keyOf(sender, id));
    const reach = {
      reachesMs: Math.floor(this.#clock() - this.#sinceMs),
      since: isoOf(this.#sinceMs),
    };
    if (!kept && asker === sender) this.#giveUp(sender, id);
    if (kept?.arrival.event !== 'begun') return { outcome: 'unheard', ...reach };
    const { namespace, action, atMs } = kept.arrival;
    const facts = { ...reach, namespace, action, arrived: isoOf(atMs) };
    if (!kept.end) return { outcome: kept.isOfBefore ? 'interrupted' : 'running', ...facts };
    const { failure, made } = kept.end;
    if (!failure) return { outcome: 'done', ...facts, ...given({ made }) };
    const { code, number, text = '' } = failure;
    return { outcome: 'failed', ...facts, error: { code, text, ...given({ number }) } };
  }

  /** Until all that has happened so far is kept. */
  written(): Promise<void> {
    return this.#log.written();
  }

  #giveUp(sender: BareJid, id: string): void {
    const own = { sender: copy(sender), id: copy(id) };
    const arrival = { event: 'given-up', ...own, atMs: this.#clock() } as const;
    this.#keep({ arrival, isOfBefore: false });
    this.#note(arrival);
  }

  #note(event: OrderEvent): void {
    this.#log.note(event, () => this.#events());
  }

  /** All that is still known, as events. */
  #events(): readonly OrderEvent[] {
    const known = [...this.#kept.values()].flatMap(({ arrival, end }) => [arrival, end ?? []]);
    return [{ event: 'since', atMs: this.#sinceMs }, ...known.flat()];
  }

  #restore(events: readonly OrderEvent[]): void {
    const latest = Math.max(0, ...events.map(({ atMs }) => atMs));
    for (const event of events) {
      if (event.event === 'since') this.#sinceMs = event.atMs;
      else if (event.event === 'ended') {
        const kept = this.#kept.get(keyOf(event.sender, event.id));
        if (kept) kept.end = event;
      } else this.#keep({ arrival: event, isOfBefore: true });
    }
    // The clock was set back: how much time has gone by since then is not known.
    if (latest > this.#clock()) this.#sinceMs = this.#clock();
  }

  #keep(kept: Kept): void {
    const key = keyOf(kept.arrival.sender, kept.arrival.id);
    // Anew at the end: the oldest come first.
    this.#kept.delete(key);
    this.#kept.set(key, kept);
    this.#forgetOld();
  }

  #forgetOld(): void {
    const oldest = this.#clock() - KEPT_MS;
    for (const [key, { arrival }] of this.#kept) {
      if (this.#kept.size <= KEPT && arrival.atMs >= oldest) return;
      this.#kept.delete(key);
      this.#sinceMs = Math.max(this.#sinceMs, arrival.atMs + 1);
    }
  }
}

/** What was read of a stanza would hold all that came with it in memory. */
function copied({ id, from, namespace, action }: ArrivedOrder): ArrivedOrder {
  return { id: copy(id), from: copy(from), namespace: copy(namespace), action: copy(action) };
}

function copy<Text extends string>(text: Text): Text {
  return keptText(text, text.length) as Text;
}

function keyOf(sender: BareJid, id: string): string {
  return `${sender} ${id}`;
}

function shortened(failure: ActionFailure): ActionFailure {
  return failure.text === undefined
    ? failure
    : { ...failure, text: failure.text.slice(0, TEXT_MAX) };
}

function isoOf(ms: number): string {
  return new Date(ms).toISOString();
}

/** Setting the clock of the host must not make the record seem to reach further back. */
function steadyClock(): number {
  return performance.timeOrigin + performance.now();
}
