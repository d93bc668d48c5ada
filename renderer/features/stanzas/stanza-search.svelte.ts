import { untrack } from 'svelte';
import type { StanzaRecord } from '../../../core/contract/stanzas.ts';
import type { StanzaIndex } from './stanza-index.ts';
import type { StanzaTest } from './stanza-filter.ts';

/** So long at a time, milliseconds: a key that is pressed meanwhile is not kept waiting. */
const BUDGET_MS = 8;
/** How often what was found so far is shown. */
const SHOW_MS = 150;

/** Looks through very many stanzas a slice at a time; what was looked at is not looked at again. */
export class StanzaSearch {
  #found = $state.raw<readonly StanzaRecord[]>([]);
  #isSearching = $state(false);
  #test: StanzaTest | undefined;
  #records: readonly StanzaRecord[] = [];
  #results = new Map<number, boolean>();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #shownAt = 0;

  /** Those that pass, the oldest first; of a search that goes on, those found so far. */
  get found(): readonly StanzaRecord[] {
    return this.#found;
  }

  get isSearching(): boolean {
    return this.#isSearching;
  }

  /** Looks through these, until the function returned is called. */
  look(
    records: readonly StanzaRecord[],
    test: StanzaTest | undefined,
    index: StanzaIndex,
  ): () => void {
    this.#records = records;
    if (test !== this.#test || this.#results.size > 2 * records.length + 1000) {
      this.#results = new Map();
    }
    this.#test = test;
    untrack(() => this.#step(0, index));
    return () => clearTimeout(this.#timer);
  }

  #step(from: number, index: StanzaIndex): void {
    const test = this.#test;
    if (!test) {
      this.#show(this.#records, false);
      return;
    }
    const started = performance.now();
    for (let at = from; at < this.#records.length; at += 1) {
      const record = this.#records[at];
      if (!record || this.#results.has(record.id)) continue;
      this.#results.set(record.id, test(record, index.requestOf(record)));
      if (performance.now() - started < BUDGET_MS) continue;
      this.#isSearching = true;
      this.#timer = setTimeout(() => this.#step(at + 1, index));
      if (started - this.#shownAt > SHOW_MS) this.#showResults(true);
      return;
    }
    this.#showResults(false);
  }

  #showResults(isSearching: boolean): void {
    const found = this.#records.filter(({ id }) => this.#results.get(id) === true);
    this.#show(found, isSearching);
  }

  #show(found: readonly StanzaRecord[], isSearching: boolean): void {
    this.#shownAt = performance.now();
    this.#found = found;
    this.#isSearching = isSearching;
  }
}
