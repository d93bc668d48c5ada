const PATIENCE_MS = 10_000;

/** Keeps what an event source told, so that a test can wait for what it expects. */
export class Heard<T> {
  #kept: T[] = [];
  #wake: () => void = () => undefined;

  constructor(subscribe: (listener: (event: T) => void) => unknown) {
    subscribe((event) => {
      this.#kept.push(event);
      this.#wake();
    });
  }

  /** The next one that fits, heard already or still to come; those before it are dropped. */
  async next(fits: (event: T) => boolean): Promise<T> {
    const deadline = Date.now() + PATIENCE_MS;
    for (;;) {
      const index = this.#kept.findIndex(fits);
      const found = this.#kept[index];
      if (found !== undefined) {
        this.#kept = this.#kept.slice(index + 1);
        return found;
      }
      await this.#more(deadline);
    }
  }

  async #more(deadline: number): Promise<void> {
    const heard = JSON.stringify(this.#kept).slice(0, 500);
    await new Promise<void>((resolve, reject) => {
      const timer = setTimeout(() => {
        reject(new Error(`not heard in ${PATIENCE_MS} ms; heard ${heard}`));
      }, deadline - Date.now());
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}
