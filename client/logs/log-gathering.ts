import type { LogLine } from '../../core/logs/log-line.ts';
import { TimeMerge } from '../../core/logs/time-merge.ts';
import type { FollowFrom } from '../../node/ssh/follow-script.ts';
import type { Clock } from '../../node/xmpp/clock.ts';
import { LogFollower, type FollowedConnection, type FollowState } from './log-follower.ts';

/** One log among several. */
export interface LogSource {
  /** The name that its lines bear. */
  readonly name: string;
  readonly file: string;
  readonly connect: (signal: AbortSignal) => Promise<FollowedConnection>;
}

/** What is shown: a line, or a place where lines may be missing. */
export interface GatheredLine {
  readonly source: string;
  /** Undefined where lines may be missing. */
  readonly line: LogLine | undefined;
  readonly timeMs: number | undefined;
}

export interface GatheringListener {
  /** The hosts wait for as long as the promise does. */
  lines(lines: readonly GatheredLine[]): Promise<void> | void;
  state(source: string, state: FollowState): void;
  /** All sources have told what there was when they were asked, or cannot. */
  caughtUp(): void;
}

const PATIENCE_MS = 400;
const START_PATIENCE_MS = 5000;
const MOST_HELD = 200_000;
const FIRST_RETRY_MS = 500;
const LONGEST_RETRY_MS = 30_000;

/** Follows several logs at once and puts their lines into the order of time. */
export class LogGathering {
  readonly #clock: Clock;
  readonly #listener: GatheringListener;
  readonly #followers: readonly LogFollower[];
  readonly #behind: Set<string>;
  #merge: TimeMerge<GatheredLine>;
  #cancel: (() => void) | undefined;

  constructor(
    sources: readonly LogSource[],
    from: FollowFrom,
    listener: GatheringListener,
    { clock, random }: { readonly clock: Clock; readonly random: () => number },
  ) {
    this.#clock = clock;
    this.#listener = listener;
    this.#behind = new Set(sources.map(({ name }) => name));
    // At first each host sends what is there already, at its own pace.
    this.#merge = new TimeMerge({ patienceMs: START_PATIENCE_MS, mostHeld: MOST_HELD });
    this.#followers = sources.map(({ name, file, connect }) => {
      const backoffMs = (attempt: number): number =>
        Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** Math.min(attempt, 10)) *
        (0.5 + random() / 2);
      return new LogFollower({ file, from, connect, clock, backoffMs, listener: this.#hear(name) });
    });
  }

  /** Resolves once nothing is followed any more. */
  async run(): Promise<void> {
    await Promise.all(this.#followers.map((follower) => follower.run()));
    await this.#flush(true);
  }

  /** Tries at once what waits to be tried again. */
  retryNow(): void {
    for (const follower of this.#followers) follower.retryNow();
  }

  stop(): void {
    for (const follower of this.#followers) follower.stop();
    this.#cancel?.();
    void this.#flush(true);
  }

  #hear(source: string): ConstructorParameters<typeof LogFollower>[0]['listener'] {
    return {
      lines: (lines) => {
        const now = this.#clock.now();
        for (const line of lines)
          this.#merge.add(source, { source, line, timeMs: line.timeMs }, now);
        return this.#flush(false);
      },
      gap: () => {
        const gap = { source, line: undefined, timeMs: undefined };
        this.#merge.add(source, gap, this.#clock.now());
      },
      state: (state) => {
        this.#listener.state(source, state);
        if (HOPELESS.has(state.name)) this.#isUpToDate(source);
      },
      caughtUp: () => this.#isUpToDate(source),
      skew: () => undefined,
    };
  }

  #isUpToDate(source: string): void {
    if (!this.#behind.delete(source) || this.#behind.size > 0) return;
    void this.#flush(true);
    this.#merge = new TimeMerge({ patienceMs: PATIENCE_MS, mostHeld: MOST_HELD });
    this.#listener.caughtUp();
  }

  /** Tells what is due, and comes back while something waits. */
  #flush(isFinal: boolean): Promise<void> | void {
    const lines = this.#merge.take(this.#clock.now(), isFinal || this.#followers.length === 1);
    const taken = lines.length > 0 ? this.#listener.lines(lines) : undefined;
    if (this.#merge.size === 0 || this.#cancel) return taken;
    this.#cancel = this.#clock.after(PATIENCE_MS / 4, () => {
      this.#cancel = undefined;
      void this.#flush(false);
    });
    return taken;
  }
}

/** Of these nothing is to be waited for at the start. */
const HOPELESS: ReadonlySet<FollowState['name']> = new Set([
  'missing',
  'denied',
  'waiting',
  'failed',
  'ended',
]);
