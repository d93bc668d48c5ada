import type { AppError } from '../../core/contract/app-error.ts';
import type { Result } from '../../core/lib/result.ts';
import type { Clock } from '../../node/xmpp/clock.ts';

/** What is told of an agent's own log. */
export interface AgentLogListener {
  /** Lines as the agent sent them, the oldest first; `isGap` where some may be missing before them. */
  lines(lines: readonly string[], isGap: boolean): void;
  asked(): void;
  answered(): void;
  /** It is asked again by itself. */
  failed(error: AppError, retryInMs: number): void;
}

export interface AgentLogOptions {
  /** Asks the agent for so many of its last lines, the oldest first. */
  readonly ask: (limit: number) => Promise<Result<readonly string[], AppError>>;
  /** Whether anybody looks: nothing is asked for a hidden window. */
  readonly isWatched: () => boolean;
  readonly listener: AgentLogListener;
  readonly periodMs: number;
  readonly clock: Clock;
}

/** An agent sends no more at once. */
const MOST_LINES = 1000;
/** Enough for what comes between two questions, as a rule. */
const FEW_LINES = 50;
const RETRY_MS = 15_000;

/** The log that an agent tells of itself: it pushes nothing, so what is looked at is asked for. */
export class AgentLog {
  readonly #options: AgentLogOptions;
  #last: readonly string[] = [];
  #cancel: (() => void) | undefined;
  #isAsking = false;
  #isStopped = false;

  constructor(options: AgentLogOptions) {
    this.#options = options;
  }

  start(): void {
    this.#options.listener.asked();
    void this.#ask();
  }

  stop(): void {
    this.#isStopped = true;
    this.#cancel?.();
  }

  /** Asks at once. */
  askNow(): void {
    this.#cancel?.();
    void this.#ask();
  }

  async #ask(): Promise<void> {
    if (this.#isAsking || this.#isStopped) return;
    const { ask, isWatched, listener } = this.#options;
    if (!isWatched() && this.#last.length > 0) {
      this.#later(this.#options.periodMs);
      return;
    }
    this.#isAsking = true;
    const reply = await this.#asked(ask);
    this.#isAsking = false;
    if (this.#stopped()) return;
    if (!reply.ok) {
      listener.failed(reply.error, RETRY_MS);
      this.#later(RETRY_MS);
      return;
    }
    this.#take(reply.value);
    listener.answered();
    this.#later(this.#options.periodMs);
  }

  /** Few lines, and all that there are where some came in between. */
  async #asked(ask: AgentLogOptions['ask']): ReturnType<AgentLogOptions['ask']> {
    if (this.#last.length === 0) return ask(MOST_LINES);
    const few = await ask(FEW_LINES);
    const isEnough = !few.ok || few.value.length === 0 || overlap(this.#last, few.value) > 0;
    return isEnough ? few : ask(MOST_LINES);
  }

  #stopped(): boolean {
    return this.#isStopped;
  }

  #take(lines: readonly string[]): void {
    const known = overlap(this.#last, lines);
    const isGap = this.#last.length > 0 && known === 0 && lines.length > 0;
    const fresh = lines.slice(known);
    if (lines.length > 0) this.#last = [...this.#last, ...fresh].slice(-MOST_LINES);
    if (fresh.length > 0) this.#options.listener.lines(fresh, isGap);
  }

  #later(ms: number): void {
    this.#cancel = this.#options.clock.after(ms, () => void this.#ask());
  }
}

/** How many of the first new lines are the last of those before. */
function overlap(before: readonly string[], lines: readonly string[]): number {
  for (let from = Math.max(0, before.length - lines.length); from < before.length; from += 1) {
    const length = before.length - from;
    let same = 0;
    while (same < length && before[from + same] === lines[same]) same += 1;
    if (same === length) return length;
  }
  return 0;
}
