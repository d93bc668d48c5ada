import type { QueryState } from '../../core/contract/queries.ts';
import type { AppError } from '../../core/contract/app-error.ts';
import { ok, type Result } from '../../core/lib/result.ts';
import type { Clock } from '../../node/xmpp/clock.ts';

/** Answers older than this are marked stale, where no push would tell that they are outdated. */
const STALE_AFTER_MS = 60_000;

export interface SharedQueryParts {
  readonly clock: Clock;
  /** Asks; the reason counts the stanza. */
  readonly ask: (cause: 'query' | 'push' | 'poll') => Promise<Result<unknown, AppError>>;
  readonly changed: (state: QueryState) => void;
  /** How often to ask of itself while somebody looks; undefined: never. */
  readonly pollPeriodMs: () => Promise<number | undefined>;
  /** For how long a new look is content with an answer whose values move all the time. */
  readonly freshForMs: () => Promise<number | undefined>;
  /** Whether pushes tell when the answer is outdated. */
  readonly isKeptFresh: () => Promise<boolean>;
}

/** One question that any number of panels keep open, and its newest answer. */
export class SharedQuery {
  readonly #parts: SharedQueryParts;
  #state: QueryState = { name: 'loading' };
  #isAsking = false;
  #isOutdated = true;
  #askAgain: 'query' | 'push' | 'poll' | undefined;
  #isVisible = false;
  #timer: (() => void) | undefined;

  constructor(parts: SharedQueryParts) {
    this.#parts = parts;
  }

  get state(): QueryState {
    return this.#state;
  }

  /** Somebody opened it: an answer that is known to be right is not asked for again. */
  opened(): void {
    if (this.#isAsking) return;
    if (this.#isOutdated) this.refresh('query');
    else void this.#refreshMoved();
  }

  /** For who looks once and opens nothing: what is known to be right, or else what is answered now. */
  async answer(): Promise<Result<unknown, AppError>> {
    const isKept = this.#state.name === 'ready' && (await this.#parts.isKeptFresh());
    const isRight = isKept && !this.#isOutdated && !this.#isAsking;
    return isRight ? ok(this.#known().value) : this.#ask('query');
  }

  /** Asks, or once more after the present answer when one is on its way. */
  refresh(cause: 'query' | 'push' | 'poll'): void {
    if (this.#isAsking) this.#askAgain = cause;
    else void this.#ask(cause);
  }

  /** What is known is old; asked again at once when somebody looks, else at the next look. */
  outdate(cause: 'query' | 'push', isOpen: boolean): void {
    this.#isOutdated = true;
    if (isOpen) this.refresh(cause);
    else this.#markStale();
  }

  /** The entity or the link is gone: the answer stays, marked stale. */
  lost(error: AppError): void {
    this.#isOutdated = true;
    this.#stopTimer();
    const { value, at } = this.#known();
    if (at !== undefined) this.#become({ name: 'stale', value, at, error });
  }

  /** Whether any panel that has it open can be seen. */
  setVisible(isVisible: boolean): void {
    if (this.#isVisible === isVisible) return;
    this.#isVisible = isVisible;
    this.#stopTimer();
    if (isVisible) void this.#plan();
  }

  close(): void {
    this.setVisible(false);
  }

  async #refreshMoved(): Promise<void> {
    const { freshForMs, clock } = this.#parts;
    const longestMs = (await freshForMs()) ?? Infinity;
    const { at } = this.#known();
    if (this.#isAsking || at === undefined || clock.now() - at <= longestMs) return;
    this.refresh('query');
  }

  async #ask(cause: 'query' | 'push' | 'poll'): Promise<Result<unknown, AppError>> {
    this.#isAsking = true;
    this.#stopTimer();
    this.#isOutdated = false;
    const answer = await this.#parts.ask(cause);
    this.#isAsking = false;
    this.#take(answer);
    const again = this.#takeAgain();
    if (again) this.refresh(again);
    else if (this.#isVisible) await this.#plan();
    return answer;
  }

  #takeAgain(): 'query' | 'push' | 'poll' | undefined {
    const again = this.#askAgain;
    this.#askAgain = undefined;
    return again;
  }

  #take(answer: Result<unknown, AppError>): void {
    if (answer.ok) {
      this.#become({ name: 'ready', value: answer.value, at: this.#parts.clock.now() });
      return;
    }
    this.#isOutdated = true;
    const { error } = answer;
    if (error.code === 'cancelled') return;
    if (error.code === 'denied' || error.code === 'unsupported') {
      this.#become({ name: error.code, error });
      return;
    }
    const { value, at } = this.#known();
    if (at === undefined) this.#become({ name: 'failed', error });
    else this.#become({ name: 'stale', value, at, error });
  }

  /** After an answer: the next question, or the moment from which the answer counts as stale. */
  async #plan(): Promise<void> {
    const [period, isKeptFresh] = await Promise.all([
      this.#parts.pollPeriodMs(),
      this.#parts.isKeptFresh(),
    ]);
    if (!this.#isVisible || this.#isAsking || this.#timer) return;
    if (period !== undefined) {
      this.#timer = this.#parts.clock.after(period, () => this.#poll());
    } else if (!isKeptFresh) {
      this.#timer = this.#parts.clock.after(STALE_AFTER_MS, () => this.#age());
    }
  }

  #poll(): void {
    this.#timer = undefined;
    // A refusal does not change of itself.
    if (this.#state.name === 'denied' || this.#state.name === 'unsupported') return;
    this.refresh('poll');
  }

  #age(): void {
    this.#timer = undefined;
    this.#isOutdated = true;
    this.#markStale();
  }

  #markStale(): void {
    if (this.#state.name !== 'ready') return;
    const { value, at } = this.#state;
    this.#become({ name: 'stale', value, at });
  }

  #known(): { readonly value: unknown; readonly at: number | undefined } {
    if ('value' in this.#state) return this.#state;
    return { value: undefined, at: undefined };
  }

  #become(state: QueryState): void {
    this.#state = state;
    this.#parts.changed(state);
  }

  #stopTimer(): void {
    this.#timer?.();
    this.#timer = undefined;
  }
}
