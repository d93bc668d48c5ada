import type { TypingPlan, TypingStep } from './compile-text.ts';
import { HeldKeys } from './held-keys.ts';
import type { KeyEvent } from './key-event.ts';

/** What a typist needs of the world. */
export interface TypistPort {
  readonly send: (events: readonly KeyEvent[]) => void;
  /** Does something later; the returned function calls it off. */
  readonly after: (milliseconds: number, work: () => void) => () => void;
  /** How many UTF-16 units of the text are typed. */
  readonly progressed?: (typed: number) => void;
}

/**
 * How long a key event takes. QEMU itself lets 10 ms pass between two that come at once, and forgets
 * what comes after the first thousand; guests at a boot prompt are slower than that.
 */
const DEFAULT_EVENT_MS = 12;

/** Types a plan letter by letter, at a pace that guests can follow, until it is done or stopped. */
export class Typist {
  readonly #port: TypistPort;
  readonly #eventMs: number;
  readonly #held = new HeldKeys();
  readonly #steps: readonly TypingStep[];
  #next = 0;
  #callOff: () => void = () => undefined;
  #settle: ((ended: 'done' | 'stopped') => void) | undefined;

  constructor({ steps }: TypingPlan, port: TypistPort, eventMs = DEFAULT_EVENT_MS) {
    this.#steps = steps;
    this.#port = port;
    this.#eventMs = eventMs;
  }

  /** Begins; settles when the last key is up. To be called once. */
  type(): Promise<'done' | 'stopped'> {
    return new Promise((resolve) => {
      this.#settle = resolve;
      this.#step();
    });
  }

  /** Stops at once: what is down is released before this returns, and nothing is sent after it. */
  stop(): void {
    this.#callOff();
    this.#end('stopped');
  }

  #step(): void {
    const step = this.#steps[this.#next];
    if (step === undefined) {
      this.#end('done');
      return;
    }
    this.#next += 1;
    for (const event of step.events) this.#held.follow(event);
    this.#port.send(step.events);
    this.#port.progressed?.(step.typed);
    // Whoever was told of it may have stopped it.
    if (this.#settle === undefined) return;
    this.#callOff = this.#port.after(step.events.length * this.#eventMs, () => this.#step());
  }

  #end(how: 'done' | 'stopped'): void {
    const releases = this.#held.releaseAll();
    if (this.#settle === undefined) return;
    if (releases.length > 0) this.#port.send(releases);
    this.#settle(how);
    this.#settle = undefined;
  }
}
