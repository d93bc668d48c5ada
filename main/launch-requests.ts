type Obey = (args: readonly string[]) => void;

/**
 * What launches and links ask for. macOS opens a link, and a second launch hands over its arguments,
 * also while the first one is still starting: such requests are kept until it can obey.
 */
export class LaunchRequests {
  readonly #early: (readonly string[])[] = [];
  #obey: Obey | undefined;

  add(args: readonly string[]): void {
    if (this.#obey) this.#obey(args);
    else this.#early.push(args);
  }

  /** Obeys what was asked for so far, in its order, and from now on everything at once. */
  obeyWith(obey: Obey): void {
    this.#obey = obey;
    for (const args of this.#early.splice(0)) obey(args);
  }
}
