import { parseJid, type BareJid } from '../../core/domain/jid.ts';
import type { ActionFailure } from '../../core/protocol/define-action.ts';
import type { Outcome } from '../../core/protocol/outcome.ts';
import { given } from '../modules/given.ts';

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

interface Kept {
  readonly atMs: number;
  /** Absent: asked after before it arrived, and therefore given up. */
  readonly order?: ArrivedOrder;
  end?: { readonly failure?: ActionFailure };
}

/** Writes down how an order ended. */
export type EndOrder = (failure: ActionFailure | undefined) => void;

/**
 * What became of the orders that reached one entity, so that who lost the answer can ask. It lives
 * as long as the entity, is bounded in number and age, and always says how far back it reaches: what
 * is not in it and is younger than that never arrived.
 */
export class OutcomeRecord {
  readonly #clock: () => number;
  readonly #kept = new Map<string, Kept>();
  /** Since when nothing was forgotten. */
  #sinceMs: number;

  /** The clock gives milliseconds since 1970 and never goes back. */
  constructor(clock: () => number = steadyClock) {
    this.#clock = clock;
    this.#sinceMs = clock();
  }

  /** An order is about to be looked at; undefined: it was given up before it arrived. */
  begin(order: ArrivedOrder): EndOrder | undefined {
    const sender = parseJid(order.from)?.bare;
    // Nobody can ask after what has no id.
    if (sender === undefined || order.id === '') return () => undefined;
    const key = keyOf(sender, order.id);
    const known = this.#kept.get(key);
    if (known && !known.order) return undefined;
    const kept: Kept = { atMs: this.#clock(), order };
    this.#keep(key, kept);
    return (failure) => {
      kept.end = given({ failure: failure && shortened(failure) });
    };
  }

  /** What became of an order; one that has not arrived yet is given up when its sender asks. */
  find(sender: BareJid, id: string, asker: BareJid): Outcome {
    this.#forgetOld();
    const key = keyOf(sender, id);
    const kept = this.#kept.get(key);
    const reach = {
      reachesMs: Math.floor(this.#clock() - this.#sinceMs),
      since: isoOf(this.#sinceMs),
    };
    if (!kept && asker === sender) this.#keep(key, { atMs: this.#clock() });
    if (!kept?.order) return { outcome: 'unheard', ...reach };
    const { namespace, action } = kept.order;
    const facts = { ...reach, namespace, action, arrived: isoOf(kept.atMs) };
    if (!kept.end) return { outcome: 'running', ...facts };
    const { failure } = kept.end;
    if (!failure) return { outcome: 'done', ...facts };
    const { code, number, text = '' } = failure;
    return { outcome: 'failed', ...facts, error: { code, text, ...given({ number }) } };
  }

  #keep(key: string, kept: Kept): void {
    // Anew at the end: the oldest come first.
    this.#kept.delete(key);
    this.#kept.set(key, kept);
    this.#forgetOld();
  }

  #forgetOld(): void {
    const oldest = this.#clock() - KEPT_MS;
    for (const [key, { atMs }] of this.#kept) {
      if (this.#kept.size <= KEPT && atMs >= oldest) return;
      this.#kept.delete(key);
      this.#sinceMs = Math.max(this.#sinceMs, atMs + 1);
    }
  }
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
