import type { StorageFault } from '../../node/storage/stored-format.ts';
import type { KeptOrders, OrderEvent } from '../store/kept-orders.ts';

/** After so many events the file is written anew, without what is forgotten. */
const EVENTS_MAX = 2000;

/** Writes down what happens to the orders of an entity, one after the other. */
export class OrderLog {
  readonly #kept: KeptOrders;
  readonly #onFault: (fault: StorageFault) => void;
  #count: number;
  /** Something could not be written: what is on disk says nothing of the time until now. */
  #hasHole = false;
  #last: Promise<void> = Promise.resolve();

  /** `count` is how many events there are already; faults are told, orders go on. */
  constructor(kept: KeptOrders, count: number, onFault: (fault: StorageFault) => void) {
    this.#kept = kept;
    this.#count = count;
    this.#onFault = onFault;
  }

  /** Adds an event; `all` are those that are still worth keeping, this one among them. */
  note(event: OrderEvent, all: () => readonly OrderEvent[]): void {
    this.#last = this.#last.then(async () => this.#write(event, all));
  }

  /** Until all that was noted is on disk, or could not be written. */
  written(): Promise<void> {
    return this.#last;
  }

  async #write(event: OrderEvent, all: () => readonly OrderEvent[]): Promise<void> {
    if (this.#hasHole) {
      const { atMs } = event;
      this.#hasHole = !(await this.#succeeds(this.#kept.append({ event: 'since', atMs })));
    }
    this.#count += 1;
    const isLong = this.#count > EVENTS_MAX;
    const written = isLong ? this.#rewrite(all()) : this.#kept.append(event);
    if (!(await this.#succeeds(written))) this.#hasHole = true;
  }

  #rewrite(events: readonly OrderEvent[]): ReturnType<KeptOrders['replace']> {
    this.#count = events.length;
    return this.#kept.replace(events);
  }

  async #succeeds(written: ReturnType<KeptOrders['append']>): Promise<boolean> {
    const result = await written;
    if (!result.ok && !this.#hasHole) this.#onFault(result.error);
    return result.ok;
  }
}
