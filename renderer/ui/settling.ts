const SETTLE_MS = 400;

/** Holds back what is done many times in a row by keys until the row ends. */
export class Settling {
  #due: (() => void) | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** Does this some time from now, in place of what was to be done before. */
  later(act: () => void): void {
    this.stop();
    this.#due = act;
    this.#timer = setTimeout(() => this.now(), SETTLE_MS);
  }

  /** Does at once what is held back. */
  now(): void {
    const due = this.#due;
    this.stop();
    due?.();
  }

  /** Forgets what is held back. */
  stop(): void {
    clearTimeout(this.#timer);
    this.#due = undefined;
  }
}
