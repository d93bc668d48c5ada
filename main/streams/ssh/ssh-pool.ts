import type { SshQuestions } from '../../../core/ssh/ssh-question.ts';
import type { SshConnection } from '../../../node/ssh/ssh-connection.ts';
import type { SshConnector } from '../../../node/ssh/ssh-connector.ts';
import { SshFailureError } from '../../../node/ssh/ssh-failure-error.ts';
import type { Clock } from '../../../node/xmpp/clock.ts';
import type { SshTarget } from './ssh-messages.ts';

/** How long a connection without a user is kept, so that the next does not ask for everything anew. */
const IDLE_MS = 30_000;

/** The use of a shared connection. Whoever holds it gives it back, once. */
export interface SshLease {
  readonly connection: SshConnection;
  readonly release: () => void;
}

export interface SshPoolOptions {
  readonly connector: Pick<SshConnector, 'connect'>;
  /** Who answers what comes up while connecting. */
  readonly questionsUntil: (signal: AbortSignal) => SshQuestions;
  readonly clock: Clock;
}

/** One connection, while it is made and as long as it stands. */
interface Shared {
  readonly made: Promise<SshConnection>;
  readonly aborter: AbortController;
  users: number;
  isMade: boolean;
  cancelIdle: (() => void) | undefined;
}

/** The connections to SSH hosts: one for each way to a host, shared by all that use it. */
export class SshPool {
  readonly #options: SshPoolOptions;
  readonly #shared = new Map<string, Shared>();

  constructor(options: SshPoolOptions) {
    this.#options = options;
  }

  /**
   * Connects, or joins whoever has. A connection that broke off is made anew for the next. With the
   * signal the caller stops waiting; the attempt ends with the last of those. Throws `SshFailureError`.
   */
  async acquire(
    target: SshTarget,
    signal: AbortSignal = new AbortController().signal,
  ): Promise<SshLease> {
    const name = nameOf(target);
    const shared = this.#shared.get(name) ?? this.#begin(name, target);
    shared.users += 1;
    shared.cancelIdle?.();
    shared.cancelIdle = undefined;
    const release = onlyOnce(() => this.#leave(name, shared));
    try {
      return { connection: await unlessAborted(shared.made, signal), release };
    } catch (cause) {
      release();
      throw cause;
    }
  }

  /** Whether a connection this way stands. */
  isOpen(target: SshTarget): boolean {
    return this.#shared.get(nameOf(target))?.isMade === true;
  }

  /** Ends all connections and attempts. */
  async close(): Promise<void> {
    const all = [...this.#shared.entries()];
    await Promise.all(all.map(([name, shared]) => this.#end(name, shared)));
  }

  #begin(name: string, target: SshTarget): Shared {
    const { connector, questionsUntil } = this.#options;
    const aborter = new AbortController();
    const { signal } = aborter;
    const made = connector.connect(target, questionsUntil(signal), signal);
    const shared: Shared = { made, aborter, users: 0, isMade: false, cancelIdle: undefined };
    this.#shared.set(name, shared);
    const forget = (): void => {
      if (this.#shared.get(name) === shared) this.#shared.delete(name);
    };
    made.then(({ closed }) => {
      shared.isMade = true;
      return closed.then(forget);
    }, forget);
    return shared;
  }

  #leave(name: string, shared: Shared): void {
    shared.users -= 1;
    if (shared.users > 0 || this.#shared.get(name) !== shared) return;
    const end = (): void => void this.#end(name, shared);
    if (shared.isMade) shared.cancelIdle = this.#options.clock.after(IDLE_MS, end);
    else end();
  }

  async #end(name: string, shared: Shared): Promise<void> {
    if (this.#shared.get(name) === shared) this.#shared.delete(name);
    shared.cancelIdle?.();
    shared.aborter.abort();
    // An attempt that ends has told whoever waited for it.
    const connection = await shared.made.catch(() => undefined);
    await connection?.close();
  }
}

function nameOf(target: SshTarget): string {
  return JSON.stringify(Object.entries(target).sort());
}

function onlyOnce(act: () => void): () => void {
  let isDone = false;
  return () => {
    if (isDone) return;
    isDone = true;
    act();
  };
}

function unlessAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const leave = (): void => reject(new SshFailureError({ code: 'cancelled' }));
    if (signal.aborted) leave();
    signal.addEventListener('abort', leave, { once: true });
    void work.then(resolve, reject).finally(() => signal.removeEventListener('abort', leave));
  });
}
