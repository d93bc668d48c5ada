import type { AppError } from '../../core/contract/app-error.ts';
import type { Result } from '../../core/lib/result.ts';
import type { LogLines } from '../../core/protocol/log-lines.ts';
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

/** What of an agent's pushes concerns its log; see `LogPushes`. */
export interface AgentLogPushed {
  began(): void;
  lines(lines: LogLines): void;
  ended(): void;
}

export interface AgentLogOptions {
  /** Follows what the agent sends by itself, until the returned function is called. */
  readonly follow: (pushed: AgentLogPushed) => () => void;
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
/** Messages of an agent that wait for what was before them. */
const MOST_HELD = 100;

/**
 * The log that an agent tells of itself. One that pushes its lines is asked once for those before;
 * one that does not is asked again and again while somebody looks.
 */
export class AgentLog {
  readonly #options: AgentLogOptions;
  #last: readonly string[] = [];
  #cancel: (() => void) | undefined;
  #isAsking = false;
  #isStopped = false;
  #unfollow: (() => void) | undefined;
  /** Whether lines come by themselves. */
  #isPushed = false;
  /** What came while the lines before were asked for. */
  #held: LogLines[] = [];
  #isBridged = false;

  constructor(options: AgentLogOptions) {
    this.#options = options;
  }

  start(): void {
    this.#options.listener.asked();
    this.#unfollow = this.#options.follow({
      began: () => this.#began(),
      lines: (lines) => this.#pushed(lines),
      ended: () => this.#ended(),
    });
  }

  stop(): void {
    this.#isStopped = true;
    this.#cancel?.();
    this.#unfollow?.();
  }

  /** Asks at once. */
  askNow(): void {
    this.#cancel?.();
    void this.#ask();
  }

  #began(): void {
    this.#isPushed = true;
    this.#isBridged = false;
    this.#held = [];
    this.askNow();
  }

  #ended(): void {
    this.#isPushed = false;
    this.#held = [];
    this.askNow();
  }

  #pushed(lines: LogLines): void {
    if (this.#isStopped) return;
    if (this.#isBridged) this.#append(lines);
    else if (this.#held.length < MOST_HELD) this.#held.push(lines);
    else this.#held = [...this.#held.slice(1), { ...lines, missed: true }];
  }

  /** What was pushed meanwhile may be among what the agent answered. */
  #bridge(): void {
    const held = this.#held;
    this.#held = [];
    this.#isBridged = this.#isPushed;
    const lines = held.flatMap((one) => one.lines);
    const missed = held.some((one) => one.missed);
    const known = overlap(this.#last, lines);
    this.#append({ lines: lines.slice(known), missed: missed && known === 0 });
  }

  #append({ lines, missed }: LogLines): void {
    if (lines.length === 0) return;
    this.#last = [...this.#last, ...lines].slice(-MOST_LINES);
    this.#options.listener.lines(lines, missed);
  }

  async #ask(): Promise<void> {
    if (this.#isAsking || this.#isStopped) return;
    const { ask, isWatched, listener } = this.#options;
    if (!isWatched() && !this.#isPushed && this.#last.length > 0) {
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
    if (this.#isPushed) this.#bridge();
    listener.answered();
    if (!this.#isPushed) this.#later(this.#options.periodMs);
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
