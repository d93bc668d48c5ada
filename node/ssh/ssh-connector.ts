import type { Duplex } from 'node:stream';
import type { SshQuestions } from '../../core/ssh/ssh-question.ts';
import type { SshStep } from '../../core/ssh/ssh-step.ts';
import { systemClock, type Clock } from '../xmpp/clock.ts';
import { KnownHostsFiles } from './known-hosts-files.ts';
import { logIn } from './log-in.ts';
import type { SshConnection } from './ssh-connection.ts';
import type { SshDestination, SshEndpoint } from './ssh-endpoint.ts';
import { SshFailureError } from './ssh-failure-error.ts';
import { dialTcp, digTunnel } from './ssh-transport.ts';
import { SshRoutes, type SshRoutesOptions } from './ssh-route.ts';

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
    const limits = { clock: this.#clock, signal };
    return through ? digTunnel(endpoint, through, limits) : dialTcp(endpoint, limits);
  }
}

/** The connection to a jump host lives as long as the one through it. */
function endsWith(connection: SshConnection, carrier: SshConnection | undefined): SshConnection {
  if (carrier) void connection.closed.then(() => carrier.close());
  return connection;
}
