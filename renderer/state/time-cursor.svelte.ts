import type { AppApi } from '../../core/contract/contract.ts';

/**
 * The moment that all panels of a workspace share, in every window of it. A panel that knows time
 * reads `at`, brings what happened then into sight and marks it; where the user points at something
 * that has a time, it calls `point`.
 */
export class TimeCursor {
  readonly #api: AppApi['cursor'];
  #at = $state<number>();

  constructor(api: AppApi['cursor']) {
    this.#api = api;
  }

  /** Milliseconds since 1970; undefined while no moment is shared. */
  get at(): number | undefined {
    return this.#at;
  }

  point(at: number): void {
    void this.#api.point({ at });
  }

  forget(): void {
    void this.#api.point({ at: null });
  }

  start(): () => void {
    const stop = this.#api.changed((at) => (this.#at = at ?? undefined));
    void this.load();
    return stop;
  }

  /** Asks main anew: the window may show another workspace now. */
  async load(): Promise<void> {
    const reply = await this.#api.current();
    if (reply.ok) this.#at = reply.value ?? undefined;
  }
}

/**
 * Which of these, the oldest first, stands for a moment: the last that is not after it, else the
 * first. -1 where there are none.
 */
export function indexAt(items: readonly { readonly at: number }[], moment: number): number {
  let low = 0;
  let high = items.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((items[middle]?.at ?? Infinity) <= moment) low = middle + 1;
    else high = middle;
  }
  return items.length === 0 ? -1 : Math.max(0, low - 1);
}
