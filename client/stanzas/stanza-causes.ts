import type { StanzaFacts } from './describe-stanza.ts';

/** Why a stanza was sent. `other`: keep-alive, acknowledgements, answers to others. */
export type StanzaCause =
  | 'login'
  | 'details'
  | 'permissions'
  | 'query'
  | 'push'
  | 'poll'
  | 'command'
  | 'reconcile'
  | 'raw'
  | 'other';

interface Expectation {
  readonly namespace: string;
  readonly action: string;
  readonly to: string;
  readonly cause: StanzaCause;
}

/** Which stanza was sent for which reason: what is about to be sent is announced, then recognised. */
export class StanzaCauses {
  readonly #expected = new Set<Expectation>();
  readonly #counts = new Map<StanzaCause, number>();

  /** Announces a request; the function returned takes it back if it never was sent. */
  expect(expectation: Expectation): () => void {
    this.#expected.add(expectation);
    return () => this.#expected.delete(expectation);
  }

  get isExpecting(): boolean {
    return this.#expected.size > 0;
  }

  /** The cause of a stanza that was sent; undefined facts: nothing was expected, nothing was read. */
  resolve(facts: StanzaFacts | undefined): StanzaCause {
    const found = facts && this.#find(facts);
    if (found) this.#expected.delete(found);
    const cause = found?.cause ?? 'other';
    this.#counts.set(cause, (this.#counts.get(cause) ?? 0) + 1);
    return cause;
  }

  counts(): Readonly<Record<string, number>> {
    return Object.fromEntries(this.#counts);
  }

  #find(facts: StanzaFacts): Expectation | undefined {
    for (const one of this.#expected) {
      const isSame =
        one.to === facts.to && one.namespace === facts.namespace && one.action === facts.action;
      if (isSame) return one;
    }
    return undefined;
  }
}
