import { askHost, type HostReport } from '../../../node/ssh/agent-check.ts';
import { SshConnector } from '../../../node/ssh/ssh-connector.ts';
import { SshFailureError } from '../../../node/ssh/ssh-failure-error.ts';
import { systemClock } from '../../../node/xmpp/clock.ts';
import type { StreamOrder, StreamReport } from '../stream-messages.ts';
import { QuestionDesk } from './question-desk.ts';
import type { SshFailureMessage, SshTarget } from './ssh-messages.ts';
import { type SshLease, SshPool } from './ssh-pool.ts';

type CheckOrder = Extract<StreamOrder, { readonly kind: 'check-host' }>;
type TestOrder = Extract<StreamOrder, { readonly kind: 'test-ssh' }>;

export interface SshStreamsOptions {
  readonly report: (report: StreamReport) => void;
  readonly connector: SshConnector;
}

/** What of the streams process speaks SSH: the shared connections, and who answers for them. */
export class SshStreams {
  /** For logs, shells and tunnels. */
  readonly pool: SshPool;
  readonly questions: QuestionDesk;
  readonly #report: (report: StreamReport) => void;
  readonly #connector: SshConnector;

  constructor({ report, connector }: SshStreamsOptions) {
    this.#report = report;
    this.#connector = connector;
    this.questions = new QuestionDesk(report);
    this.pool = new SshPool({
      connector,
      questionsUntil: (signal) => this.questions.questionsUntil(signal),
      clock: systemClock,
    });
  }

  /** Logs in on a connection of its own, tells each step, and hangs up. */
  async test({ id, target }: TestOrder, signal: AbortSignal): Promise<void> {
    const startedAt = performance.now();
    const failure = await this.#tryOut({ id, target }, signal);
    const tookMs = Math.round(performance.now() - startedAt);
    this.#report({ kind: 'ssh-tested', id, tookMs, ...(failure && { failure }) });
  }

  /** Asks a host how its agent is, over the shared connection. */
  async check({ id, target, file, isOnlyIfOpen }: CheckOrder, signal: AbortSignal): Promise<void> {
    const isWanted = !isOnlyIfOpen || this.pool.isOpen(target);
    const outcome = isWanted ? await this.#askHost(target, file, signal) : {};
    this.#report({ kind: 'host-checked', id, ...outcome });
  }

  async #askHost(
    target: SshTarget,
    file: string,
    signal: AbortSignal,
  ): Promise<{ readonly report: HostReport } | { readonly failure: SshFailureMessage }> {
    let lease: SshLease | undefined;
    try {
      lease = await this.pool.acquire(target, signal);
      return { report: await askHost(lease.connection, file, systemClock) };
    } catch (cause) {
      if (cause instanceof SshFailureError) return { failure: cause.failure };
      throw cause;
    } finally {
      lease?.release();
    }
  }

  async #tryOut(
    { id, target }: Pick<TestOrder, 'id' | 'target'>,
    signal: AbortSignal,
  ): Promise<SshFailureMessage | undefined> {
    const questions = this.questions.questionsUntil(signal);
    try {
      const connection = await this.#connector.connect(target, questions, signal, (step) =>
        this.#report({ kind: 'ssh-step', id, step }),
      );
      await connection.close();
      return undefined;
    } catch (cause) {
      if (cause instanceof SshFailureError) return cause.failure;
      throw cause;
    }
  }
}

/** All that is to be known of SSH in the streams process of a profile. */
export function sshStreams(
  ownKnownHosts: string,
  report: (report: StreamReport) => void,
): SshStreams {
  return new SshStreams({ report, connector: new SshConnector({ ownKnownHosts }) });
}
