import type { SshPhase } from '../../core/ssh/ssh-failure.ts';
import type { Clock } from '../xmpp/clock.ts';

/** Ends a connection attempt that takes too long in one phase; a question to the user stops the time. */
export class PhaseTimer {
  readonly #clock: Clock;
  readonly #give: (phase: SshPhase, seconds: number) => void;
  #phase: SshPhase = 'connect';
  #limitMs = 0;
  #cancel: (() => void) | undefined;
  #isOver = false;

  constructor(clock: Clock, give: (phase: SshPhase, seconds: number) => void) {
    this.#clock = clock;
    this.#give = give;
  }

  begin(phase: SshPhase, limitMs: number): void {
    this.#phase = phase;
    this.#limitMs = limitMs;
    this.#restart();
  }

  /** Waits for somebody who may take as long as they like. */
  async pausedFor<T>(answer: Promise<T>): Promise<T> {
    this.#stop();
    try {
      return await answer;
    } finally {
      this.#restart();
    }
  }

  /** The attempt is over, also where somebody has yet to answer. */
  end(): void {
    this.#isOver = true;
    this.#stop();
  }

  #stop(): void {
    this.#cancel?.();
    this.#cancel = undefined;
  }

  #restart(): void {
    this.#stop();
    if (this.#isOver) return;
    const seconds = Math.round(this.#limitMs / 1000);
    this.#cancel = this.#clock.after(this.#limitMs, () => this.#give(this.#phase, seconds));
  }
}
