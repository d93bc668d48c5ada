/** Something that keeps what can be forgotten, the oldest first. */
export interface BudgetMember {
  readonly bytes: number;
  /** When the oldest that can be dropped was kept, in milliseconds since 1970; Infinity for none. */
  readonly oldestAt: number;
  dropOldest(): void;
}

/** What several keep in memory together: the oldest of all goes when it is too much. */
export class SharedBudget {
  readonly #limit: number;
  readonly #members = new Set<BudgetMember>();

  /** `limit` is in bytes. */
  constructor(limit: number) {
    this.#limit = limit;
  }

  /** Counts a member in until the returned function is called. */
  join(member: BudgetMember): () => void {
    this.#members.add(member);
    return () => void this.#members.delete(member);
  }

  /** Makes room after something was kept. */
  settle(): void {
    while (this.#bytes() > this.#limit) {
      const [first, ...others] = this.#members;
      if (!first) return;
      const oldest = others.reduce((a, b) => (b.oldestAt < a.oldestAt ? b : a), first);
      if (oldest.oldestAt === Number.POSITIVE_INFINITY) return;
      oldest.dropOldest();
    }
  }

  #bytes(): number {
    return [...this.#members].reduce((sum, { bytes }) => sum + bytes, 0);
  }
}
