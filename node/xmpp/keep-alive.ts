import type { Clock } from './clock.ts';

export interface KeepAliveInput {
  readonly clock: Clock;
  /** How long the link may be silent before it is checked. */
  readonly idleMs: number;
  /** How long an answer may take. */
  readonly answerMs: number;
  /** Asks the server for any sign of life. */
  readonly probe: () => void;
  readonly onDead: () => void;
}

/** A timer that fires so much later than it was to: this process was held up, or the computer asleep. */
const HELD_UP_MS = 1000;
/** How long the answer then has yet: it may have come meanwhile, and nobody read it. */
const UNREAD_MS = 5000;

/** Notices that a link is dead though nobody closed it: a cable, a sleeping laptop, a lost NAT entry. */
export class LinkWatch {
  readonly #input: KeepAliveInput;
  #heardAt: number;
  #isAsking = false;
  #cancel: () => void;

  constructor(input: KeepAliveInput) {
    this.#input = input;
    this.#heardAt = input.clock.now();
    this.#cancel = this.#waitForSilence();
  }

  /** Something came from the server. */
  heard(): void {
    this.#heardAt = this.#input.clock.now();
    if (!this.#isAsking) return;
    this.#isAsking = false;
    this.#restart(this.#waitForSilence());
  }

  /** Checks at once, after a change of network or a sleep. */
  check(): void {
    if (this.#isAsking) return;
    this.#isAsking = true;
    this.#restart(this.#waitForAnswer(this.#input.answerMs));
    this.#input.probe();
  }

  stop(): void {
    this.#cancel();
  }

  #restart(cancel: () => void): void {
    this.#cancel();
    this.#cancel = cancel;
  }

  #waitForAnswer(waitMs: number): () => void {
    const { clock, answerMs, onDead } = this.#input;
    const due = clock.now() + waitMs;
    return clock.after(waitMs, () => {
      if (clock.now() - due < HELD_UP_MS) onDead();
      else this.#restart(this.#waitForAnswer(Math.min(answerMs, UNREAD_MS)));
    });
  }

  #waitForSilence(): () => void {
    const { clock, idleMs } = this.#input;
    const silentMs = clock.now() - this.#heardAt;
    // One timer that looks back when it fires is cheaper than one that each stanza moves.
    return clock.after(Math.max(idleMs - silentMs, 0), () => {
      if (clock.now() - this.#heardAt >= idleMs) this.check();
      else this.#restart(this.#waitForSilence());
    });
  }
}
