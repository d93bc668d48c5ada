interface Draft<T> {
  readonly value: T;
  /** The platform's value and answer when the user moved it. */
  readonly over: T;
  readonly stage: 'moved' | 'asked' | 'done';
  readonly answer: unknown;
}

/**
 * A value that the user moves and the platform confirms: while it is moved it shows the user's, after it
 * was sent it shows what was asked for until the platform says something new or refuses.
 */
export class ResourceDraft<T> {
  readonly #confirmed: () => T;
  readonly #answer: () => unknown;
  #draft = $state.raw<Draft<T>>();

  /** `answer` is what the platform said last, another object each time it says something. */
  constructor(confirmed: () => T, answer: () => unknown) {
    this.#confirmed = confirmed;
    this.#answer = answer;
  }

  readonly value: T = $derived.by(() => {
    const draft = this.#draft;
    return draft && this.#isOpen(draft) ? draft.value : this.#confirmed();
  });

  /** It was asked for and neither done nor refused yet. */
  readonly isAsked: boolean = $derived.by(() => {
    const draft = this.#draft;
    return draft?.stage === 'asked' && this.#isOpen(draft);
  });

  move(value: T): void {
    this.#draft = this.#make(value, 'moved');
  }

  /**
   * Asks for a value; `carryOut` tells whether it was done once that is known. What was refused is dropped,
   * what was done is shown until the platform's next answer, which need not be the same value.
   */
  async send(value: T, carryOut: () => Promise<boolean>): Promise<void> {
    const asked = this.#make(value, 'asked');
    this.#draft = asked;
    const isDone = await carryOut();
    // Another value was asked for meanwhile.
    if (this.#draft !== asked) return;
    this.#draft = isDone && this.#isOpen(asked) ? this.#make(value, 'done') : undefined;
  }

  #make(value: T, stage: Draft<T>['stage']): Draft<T> {
    return { value, over: this.#confirmed(), stage, answer: this.#answer() };
  }

  #isOpen({ stage, over, answer }: Draft<T>): boolean {
    if (stage === 'done' && answer !== this.#answer()) return false;
    return over === this.#confirmed();
  }
}
