import type { BareJid } from '../../core/domain/jid.ts';
import { err, ok, type Result } from '../../core/lib/result.ts';
import { LONGEST_LINE, type LogLines } from '../../core/protocol/log-lines.ts';
import type { Subscriber } from '../health/subscriptions.ts';

export interface LineSubscriptionParts {
  /** Calls with each new line of the log. */
  readonly onLine: (listener: (line: string) => void) => void;
  readonly nowMs: () => number;
  /** Runs something once, later. */
  readonly after: (delayMs: number, run: () => void) => void;
  readonly send: (to: string, lines: LogLines) => void;
  /** Whether a user may read the log. */
  readonly mayRead: (user: BareJid) => boolean;
}

/** Subscriptions in all, and of one user. */
const [MOST, MOST_OF_USER] = [200, 20];
/** Lines that come together are sent together; more than these at once are left out, and that is said. */
const GATHER_MS = 500;
const MOST_AT_ONCE = 500;
const MOST_CHARACTERS = 100_000;

interface Subscription {
  readonly subscriber: Subscriber;
  readonly untilMs: number;
}

/** Who is sent the lines of the agent's log, and for how long. Without subscriptions nothing is sent, or kept. */
export class LineSubscriptions {
  readonly #parts: LineSubscriptionParts;
  readonly #all = new Map<string, Subscription>();
  #lines: string[] = [];
  #characters = 0;
  #missed = false;

  constructor(parts: LineSubscriptionParts) {
    this.#parts = parts;
    parts.onLine((line) => this.#take(line));
  }

  get count(): number {
    return this.#all.size;
  }

  /** Begins a subscription, or its lease anew; the error is one sentence. */
  subscribe(subscriber: Subscriber, leaseSeconds: number): Result<undefined, string> {
    const nowMs = this.#parts.nowMs();
    this.#endExpired(nowMs);
    const refusal = this.#refusal(subscriber);
    if (refusal !== undefined) return err(refusal);
    this.#all.set(subscriber.from, { subscriber, untilMs: nowMs + leaseSeconds * 1000 });
    return ok(undefined);
  }

  /** Ends the subscription of a session that asks for it, or that is gone. */
  unsubscribe(from: string): void {
    this.#all.delete(from);
  }

  #refusal({ jid, from }: Subscriber): string | undefined {
    if (this.#all.has(from)) return undefined;
    if (this.#all.size >= MOST) return `There are ${MOST} subscriptions already; try again later.`;
    const own = [...this.#all.values()].filter(({ subscriber }) => subscriber.jid === jid);
    if (own.length < MOST_OF_USER) return undefined;
    return `You have ${MOST_OF_USER} subscriptions already; end one of your sessions.`;
  }

  #take(line: string): void {
    if (this.#all.size === 0) return;
    if (this.#lines.length === 0 && !this.#missed) {
      this.#parts.after(GATHER_MS, () => this.#tell());
    }
    const text = line.slice(0, LONGEST_LINE);
    if (this.#lines.length >= MOST_AT_ONCE || this.#characters + text.length > MOST_CHARACTERS) {
      // The newest say most of how it is now.
      this.#forgetOldest();
    }
    this.#lines.push(text);
    this.#characters += text.length;
  }

  #forgetOldest(): void {
    const half = Math.ceil(this.#lines.length / 2);
    this.#lines = this.#lines.slice(half);
    this.#characters = this.#lines.reduce((sum, { length }) => sum + length, 0);
    this.#missed = true;
  }

  #tell(): void {
    const told: LogLines = { lines: this.#lines, missed: this.#missed };
    this.#lines = [];
    this.#characters = 0;
    this.#missed = false;
    this.#endExpired(this.#parts.nowMs());
    for (const [from, { subscriber }] of this.#all) {
      // Permissions are looked at each time, for they change.
      if (this.#parts.mayRead(subscriber.jid)) this.#parts.send(from, told);
      else this.#all.delete(from);
    }
  }

  #endExpired(nowMs: number): void {
    for (const [from, { untilMs }] of this.#all) if (untilMs <= nowMs) this.#all.delete(from);
  }
}
