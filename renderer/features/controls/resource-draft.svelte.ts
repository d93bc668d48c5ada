/**
 * A value that the user moves and the platform confirms: while it is moved it shows the user's, after it
 * was sent it shows what was asked for until the platform says something new.
 */
export class ResourceDraft<T> {
  readonly #confirmed: () => T;
  #draft = $state.raw<{ readonly value: T; readonly over: T; readonly sent: boolean }>();

  constructor(confirmed: () => T) {
    this.#confirmed = confirmed;
  }

  readonly value: T = $derived.by(() => {
    const draft = this.#draft;
    return draft && this.#isOpen(draft) ? draft.value : this.#confirmed();
  });

  /** It was asked for and is not confirmed yet. */
  readonly isAsked: boolean = $derived.by(() => {
    const draft = this.#draft;
    return draft !== undefined && draft.sent && this.#isOpen(draft);
  });

  move(value: T): void {
    this.#draft = { value, over: this.#confirmed(), sent: false };
  }

  /** Marks it as sent; when it could not be sent, the platform's value is shown again. */
  async send(value: T, give: () => Promise<boolean>): Promise<void> {
    this.#draft = { value, over: this.#confirmed(), sent: true };
    if (!(await give())) this.#draft = undefined;
  }

  #isOpen(draft: { readonly over: T }): boolean {
    return draft.over === this.#confirmed();
  }
}
