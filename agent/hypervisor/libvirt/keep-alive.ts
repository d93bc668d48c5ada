import type { Clock } from '../../../node/xmpp/clock.ts';

/** How often a silent daemon is asked whether it lives, and how often in vain before it counts as dead. */
export interface KeepAliveTimes {
  readonly intervalMs: number;
  readonly maxUnanswered: number;
}

export interface KeepAliveOptions extends KeepAliveTimes {
  readonly clock: Clock;
  ping(): void;
  dead(): void;
}

/**
 * Watches that something comes from the daemon; a daemon that hangs keeps its socket open, and
 * nothing else would tell.
 */
export class KeepAlive {
  readonly #options: KeepAliveOptions;
  #unanswered = 0;
  #cancel: (() => void) | undefined;

  constructor(options: KeepAliveOptions) {
    this.#options = options;
  }

  start(): void {
    this.stop();
    this.#schedule();
  }

  /** Anything that arrives shows that the daemon lives. */
  heard(): void {
    this.#unanswered = 0;
  }

  stop(): void {
    this.#cancel?.();
    this.#cancel = undefined;
  }

  #schedule(): void {
    this.#cancel = this.#options.clock.after(this.#options.intervalMs, () => this.#check());
  }

  #check(): void {
    if (this.#unanswered >= this.#options.maxUnanswered) {
      this.#cancel = undefined;
      this.#options.dead();
      return;
    }
    this.#unanswered += 1;
    this.#options.ping();
    this.#schedule();
  }
}
