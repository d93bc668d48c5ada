import type { AppError } from '../../core/contract/app-error.ts';
import { LogLineReader, type LogLine } from '../../core/logs/log-line.ts';
import { FileFollower, type FollowEnd, type FollowSink } from '../../node/ssh/file-follower.ts';
import type { FollowFrom } from '../../node/ssh/follow-script.ts';
import type { SshConnection } from '../../node/ssh/ssh-connection.ts';
import { SshFailureError } from '../../node/ssh/ssh-failure-error.ts';
import type { Clock } from '../../node/xmpp/clock.ts';

/** How it stands with one followed log. */
export type FollowState =
  | { readonly name: 'connecting' }
  | { readonly name: 'following' }
  /** There is no such file yet. */
  | { readonly name: 'missing'; readonly file: string }
  | { readonly name: 'denied'; readonly file: string }
  /** It is tried again by itself. */
  | { readonly name: 'waiting'; readonly error: AppError; readonly retryInMs: number }
  /** It is not tried again: somebody has to do something first. */
  | { readonly name: 'failed'; readonly error: AppError }
  | { readonly name: 'ended' };

/** What a follower needs of a connection; `close` gives it back where it is shared. */
export type FollowedConnection = Pick<SshConnection, 'address' | 'closed' | 'run' | 'close'>;

/** What a follower tells of its log. */
export interface LogListener {
  lines(lines: readonly LogLine[]): Promise<void> | void;
  gap(): void;
  /** All that there is for now was told. */
  caughtUp(): void;
  state(state: FollowState): void;
  /** How far the host's clock is ahead of ours. */
  skew(ms: number): void;
}

export interface LogFollowerOptions {
  readonly file: string;
  readonly from: FollowFrom;
  /** Connects to the host. Throws `SshFailureError`. */
  readonly connect: (signal: AbortSignal) => Promise<FollowedConnection>;
  readonly listener: LogListener;
  readonly clock: Clock;
  /** How long to wait before the attempt of this number, from 0. */
  readonly backoffMs: (attempt: number) => number;
}

/** A file that is another again within this time would have its host logged in to without end. */
const CALM_MS = 10_000;

/** What waiting does not cure. */
const FINAL: ReadonlySet<string> = new Set([
  'cancelled',
  'ssh-host-key-refused',
  'ssh-host-key-changed',
  'ssh-host-key-revoked',
  'ssh-denied',
  'ssh-key-unreadable',
  'ssh-config-unusable',
  'ssh-known-hosts-unreadable',
]);

/** Follows the log of one host for as long as it is wanted, through every broken connection. */
export class LogFollower {
  readonly #options: LogFollowerOptions;
  readonly #reader = new LogLineReader();
  readonly #file: FileFollower;
  readonly #end = new AbortController();
  #attempt = 0;
  /** When the file was begun anew last, and how often soon after it had been. */
  #begunAnewAt = -Infinity;
  #hasty = 0;
  #wake: (() => void) | undefined;
  #last = '';

  constructor(options: LogFollowerOptions) {
    this.#options = options;
    const { file, from, clock } = options;
    this.#file = new FileFollower(file, from, this.#sink(), clock);
  }

  /** Resolves once it is told to stop or cannot go on. */
  async run(): Promise<void> {
    const { signal } = this.#end;
    while (!signal.aborted) {
      const failure = await this.#attend();
      if (failure === undefined) await this.#beginAnew();
      if (failure === undefined || this.#isStopped()) continue;
      if (FINAL.has(failure.code)) {
        this.#tell({ name: 'failed', error: failure });
        return;
      }
      const retryInMs = this.#options.backoffMs(this.#attempt++);
      this.#tell({ name: 'waiting', error: failure, retryInMs });
      await this.#wait(retryInMs);
    }
    this.#tell({ name: 'ended' });
  }

  /** At once where the file is another than it was; where it is so again soon, after pauses that grow. */
  async #beginAnew(): Promise<void> {
    const { backoffMs, clock } = this.#options;
    const isHasty = clock.now() < this.#begunAnewAt + CALM_MS;
    if (isHasty && !this.#isStopped()) await this.#wait(backoffMs(this.#hasty));
    this.#hasty = isHasty ? this.#hasty + 1 : 0;
    this.#begunAnewAt = clock.now();
  }

  #isStopped(): boolean {
    return this.#end.signal.aborted;
  }

  stop(): void {
    this.#end.abort();
  }

  /** Tries at once what waits to be tried again. */
  retryNow(): void {
    this.#wake?.();
  }

  /** One connection from its beginning to its end; why it ended, unless it is to be made anew at once. */
  async #attend(): Promise<AppError | undefined> {
    const { signal } = this.#end;
    this.#tell({ name: 'connecting' });
    try {
      const connection = await this.#options.connect(signal);
      const close = (): void => void connection.close();
      signal.addEventListener('abort', close, { once: true });
      if (signal.aborted) close();
      try {
        const end = await this.#file.follow(connection);
        return await this.#endOf(end, connection);
      } finally {
        signal.removeEventListener('abort', close);
        await connection.close();
      }
    } catch (cause) {
      if (cause instanceof SshFailureError) return cause.failure;
      throw cause;
    }
  }

  async #endOf(end: FollowEnd, connection: FollowedConnection): Promise<AppError | undefined> {
    if (end.name === 'replaced') return undefined;
    const { address } = connection;
    if (end.isHeard) {
      this.#attempt = 0;
      await connection.close();
      const detail = end.detail || (await connection.closed) || 'the host fell silent';
      return { code: 'ssh-closed', address, detail };
    }
    const detail = end.detail || 'it ran no shell';
    return { code: 'ssh-channel-refused', address, wanted: 'a command', detail };
  }

  #sink(): FollowSink {
    const { listener, file, clock } = this.#options;
    return {
      lines: (lines) => listener.lines(lines.map((line) => this.#reader.read(line))),
      gap: () => listener.gap(),
      caughtUp: () => listener.caughtUp(),
      clock: (hostMs, zoneMinutes) => {
        this.#reader.zoneMinutes = zoneMinutes;
        listener.skew(hostMs - clock.now());
      },
      status: (status) =>
        this.#tell(status === 'following' ? { name: status } : { name: status, file }),
    };
  }

  #tell(state: FollowState): void {
    const text = JSON.stringify(state);
    if (text === this.#last) return;
    this.#last = text;
    this.#options.listener.state(state);
  }

  #wait(ms: number): Promise<void> {
    const { signal } = this.#end;
    return new Promise((resolve) => {
      const wake = (): void => {
        cancel();
        this.#wake = undefined;
        signal.removeEventListener('abort', wake);
        resolve();
      };
      const cancel = this.#options.clock.after(ms, wake);
      this.#wake = wake;
      signal.addEventListener('abort', wake);
    });
  }
}
