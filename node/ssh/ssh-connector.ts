import { connect as connectTcp, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { SshQuestions } from '../../core/ssh/ssh-question.ts';
import type { SshStep } from '../../core/ssh/ssh-step.ts';
import { systemClock, type Clock } from '../xmpp/clock.ts';
import { KnownHostsFiles } from './known-hosts-files.ts';
import { logIn } from './log-in.ts';
import type { SshConnection } from './ssh-connection.ts';
import type { SshDestination, SshEndpoint } from './ssh-endpoint.ts';
import { SshFailureError } from './ssh-failure-error.ts';
import { SshRoutes, type SshRoutesOptions } from './ssh-route.ts';

const NAME_ERRORS = new Set(['ENOTFOUND', 'EAI_AGAIN', 'EAI_NODATA', 'EAI_NONAME']);

export interface SshConnectorOptions extends SshRoutesOptions {
  /** Our own known_hosts file, to which trusted keys are added. */
  readonly ownKnownHosts: string;
  readonly clock?: Clock;
}

/** Makes connections as the user's own ssh would: by configuration, agent, keys and jump hosts. */
export class SshConnector {
  readonly #knownHosts: KnownHostsFiles;
  readonly #routes: SshRoutes;
  readonly #clock: Clock;

  constructor({ ownKnownHosts, clock, ...routes }: SshConnectorOptions) {
    this.#knownHosts = new KnownHostsFiles(ownKnownHosts);
    this.#routes = new SshRoutes(routes);
    this.#clock = clock ?? systemClock;
  }

  /** Connects through all jump hosts and logs in. Throws `SshFailureError`. */
  async connect(
    destination: SshDestination,
    questions: SshQuestions,
    signal: AbortSignal = new AbortController().signal,
    onStep: (step: SshStep) => void = () => undefined,
  ): Promise<SshConnection> {
    const hops = await this.#routes.to(destination);
    let before: SshConnection | undefined;
    try {
      for (const endpoint of hops) {
        const through = before && { through: before.address };
        onStep({ name: 'connecting', address: `${endpoint.host}:${endpoint.port}`, ...through });
        const transport = await this.#transport(endpoint, before, signal);
        const rest = {
          knownHosts: this.#knownHosts,
          questions,
          clock: this.#clock,
          signal,
          onStep,
        };
        before = endsWith(await logIn({ endpoint, transport, ...rest }), before);
      }
    } catch (cause) {
      await before?.close();
      throw cause;
    }
    if (!before) throw new SshFailureError({ code: 'cancelled' });
    return before;
  }

  async #transport(
    endpoint: SshEndpoint,
    through: SshConnection | undefined,
    signal: AbortSignal,
  ): Promise<Duplex> {
    const { host, port } = endpoint;
    if (through) return through.tunnel(host, port);
    return dialTcp(endpoint, this.#clock, signal);
  }
}

/** The connection to a jump host lives as long as the one through it. */
function endsWith(connection: SshConnection, carrier: SshConnection | undefined): SshConnection {
  if (carrier) void connection.closed.then(() => carrier.close());
  return connection;
}

function dialTcp(endpoint: SshEndpoint, clock: Clock, signal: AbortSignal): Promise<Socket> {
  const { host, port, connectTimeoutMs } = endpoint;
  const address = `${host}:${port}`;
  const socket = connectTcp({ host, port, noDelay: true });
  return new Promise((resolve, reject) => {
    const give = (failure: SshFailureError['failure']): void => {
      stop();
      socket.destroy();
      reject(new SshFailureError(failure));
    };
    const onAbort = (): void => give({ code: 'cancelled' });
    const onError = (cause: Error): void => give(unreachable(cause, host, address));
    const onConnect = (): void => {
      stop();
      resolve(socket);
    };
    const seconds = Math.round(connectTimeoutMs / 1000);
    const cancelTimer = clock.after(connectTimeoutMs, () =>
      give({ code: 'ssh-timed-out', address, phase: 'connect', seconds }),
    );
    const stop = (): void => {
      cancelTimer();
      signal.removeEventListener('abort', onAbort);
      socket.off('connect', onConnect);
      socket.off('error', onError);
      // Between two owners an error must not be without a listener.
      socket.on('error', () => socket.destroy());
    };
    signal.addEventListener('abort', onAbort);
    socket.once('connect', onConnect);
    socket.once('error', onError);
    if (signal.aborted) onAbort();
  });
}

function unreachable(cause: Error, host: string, address: string): SshFailureError['failure'] {
  // Node gathers the failures of several addresses of one host.
  const first: unknown = cause instanceof AggregateError ? cause.errors[0] : cause;
  const code = first instanceof Error && 'code' in first ? String(first.code) : cause.message;
  if (NAME_ERRORS.has(code)) return { code: 'ssh-unknown-host', host };
  return { code: 'ssh-unreachable', address, detail: code };
}
