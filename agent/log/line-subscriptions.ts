import type { BareJid } from '../../core/domain/jid.ts';
import type { Result } from '../../core/lib/result.ts';
import { LONGEST_LINE, type LogLines } from '../../core/protocol/log-lines.ts';
import { Leases, type Subscriber } from '../entities/leases.ts';

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

const BOUNDS = { most: 200, mostOfUser: 20 };
/** Lines that come together are sent together; more than these at once are left out, and that is said. */
const GATHER_MS = 500;
const MOST_AT_ONCE = 500;
const MOST_CHARACTERS = 100_000;

/** Who is sent the lines of the agent's log, and for how long. Without subscriptions nothing is sent, or kept. */
export class LineSubscriptions {
  readonly #parts: LineSubscriptionParts;
  readonly #leases = new Leases<undefined>(BOUNDS);
  #lines: string[] = [];
  #characters = 0;
  #missed = false;

  constructor(parts: LineSubscriptionParts) {
    this.#parts = parts;
    parts.onLine((line) => this.#take(line));
  }

  get count(): number {
    return this.#leases.count;
  }

  /** Begins a subscription, or its lease anew; the error is one sentence. */
  subscribe(subscriber: Subscriber, leaseSeconds: number): Result<undefined, string> {
    const lease = { nowMs: this.#parts.nowMs(), seconds: leaseSeconds };
    return this.#leases.begin(subscriber, undefined, lease);
  }

  /** Ends the subscription of a session that asks for it, or that is gone. */
  unsubscribe(from: string): void {
    this.#leases.end(from);
  }

  #take(line: string): void {
    if (this.#leases.count === 0) return;
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
    for (const { subscriber } of this.#leases.at(this.#parts.nowMs())) {
      const { jid, from } = subscriber;
      // Permissions are looked at each time, for they change.
      if (this.#parts.mayRead(jid)) this.#parts.send(from, told);
      else this.#leases.end(from);
    }
  }
}
