/** An event of the contract whose moments the test decides. */
export class FakeEvent<T> {
  readonly #listeners = new Set<(payload: T) => void>();

  /** What the api offers under the event's name. */
  readonly subscribe = (listener: (payload: T) => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  get listeners(): number {
    return this.#listeners.size;
  }

  emit(payload: T): void {
    for (const listener of this.#listeners) listener(payload);
  }
}
