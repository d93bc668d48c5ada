import type { Activity } from '../core/contract/app.ts';
import type { AccountBook } from './accounts/account-book.ts';
import type { Inventory } from './inventory/inventory.ts';

const WINDOW_MS = 2000;

/** Counts what the status bar shows of the work that goes on. */
export class ActivityMeter {
  readonly #own: { readonly accounts: AccountBook; readonly inventory: Inventory };
  #changes: { readonly at: number; readonly count: number }[] = [];

  constructor(parts: { readonly accounts: AccountBook; readonly inventory: Inventory }) {
    this.#own = parts;
  }

  changed(count: number, at: number): void {
    this.#changes.push({ at, count });
  }

  read(now: number): Activity {
    this.#changes = this.#changes.filter(({ at }) => at > now - WINDOW_MS);
    const changes = this.#changes.reduce((sum, { count }) => sum + count, 0);
    const waiting = this.#own.accounts.links().map((link) => link.pendingCount);
    return {
      requestsWaiting: waiting.reduce((sum, count) => sum + count, 0),
      changesPerSecond: (changes * 1000) / WINDOW_MS,
      faults: this.#own.inventory.faultCount,
    };
  }
}
