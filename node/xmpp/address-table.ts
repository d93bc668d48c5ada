/** Whoever can reach an account can send it presences: of so many strangers something is kept. */
const MOST_STRANGERS = 500;

/** Values by address: of those that are known all, of strangers those that were set last. */
export class AddressTable<Address extends string, Value> {
  readonly #values = new Map<Address, Value>();
  /** Who was a stranger when its value was set, the oldest first. */
  readonly #strangers = new Set<Address>();
  readonly #isKnown: (address: Address) => boolean;

  constructor(isKnown: (address: Address) => boolean) {
    this.#isKnown = isKnown;
  }

  has(address: Address): boolean {
    return this.#values.has(address);
  }

  get(address: Address): Value | undefined {
    return this.#values.get(address);
  }

  set(address: Address, value: Value): void {
    this.#values.set(address, value);
    this.#strangers.delete(address);
    if (this.#isKnown(address)) return;
    this.#strangers.add(address);
    const [oldest] = this.#strangers;
    if (this.#strangers.size > MOST_STRANGERS && oldest !== undefined) this.#drop(oldest);
  }

  delete(address: Address): void {
    this.#values.delete(address);
    this.#strangers.delete(address);
  }

  clear(): void {
    this.#values.clear();
    this.#strangers.clear();
  }

  /** Who has become known meanwhile stays. */
  #drop(stranger: Address): void {
    this.#strangers.delete(stranger);
    if (!this.#isKnown(stranger)) this.#values.delete(stranger);
  }
}
