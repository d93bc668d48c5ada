import { connect as connectTcp, type Socket } from 'node:net';
import path from 'node:path';
import type { Duplex } from 'node:stream';
import type { SshQuestions } from '../../core/ssh/ssh-question.ts';
import { systemClock, type Clock } from '../xmpp/clock.ts';
import { KnownHostsFiles } from './known-hosts-files.ts';
import { logIn } from './log-in.ts';
import { SshConfigFile } from './ssh-config-file.ts';
import type { SshConnection } from './ssh-connection.ts';
import {
  parseDestination,
  resolveEndpoint,
  systemSurroundings,
  type SshDestination,
  type SshEndpoint,
  type SshSurroundings,
} from './ssh-endpoint.ts';
import { SshFailureError } from './ssh-failure-error.ts';

const NAME_ERRORS = new Set(['ENOTFOUND', 'EAI_AGAIN', 'EAI_NODATA', 'EAI_NONAME']);
const MOST_JUMPS = 8;

export interface SshConnectorOptions {
  /** Our own known_hosts file, to which trusted keys are added. */
  readonly ownKnownHosts: string;
  /** The configuration files, the user's first; the usual ones unless given. */
  readonly configFiles?: readonly string[];
  readonly surroundings?: SshSurroundings;
  readonly clock?: Clock;
}

/** Makes connections as the user's own ssh would: by configuration, agent, keys and jump hosts. */
export class SshConnector {
  readonly #knownHosts: KnownHostsFiles;
  readonly #surroundings: SshSurroundings;
  readonly #configFiles: readonly string[];
  readonly #clock: Clock;

  constructor({ ownKnownHosts, configFiles, surroundings, clock }: SshConnectorOptions) {
    this.#knownHosts = new KnownHostsFiles(ownKnownHosts);
    this.#surroundings = surroundings ?? systemSurroundings();
    this.#configFiles = configFiles ?? usualConfigFiles(this.#surroundings);
    this.#clock = clock ?? systemClock;
  }

  /** Connects through all jump hosts and logs in. Throws `SshFailureError`. */
  async connect(
    destination: SshDestination,
    questions: SshQuestions,
    signal: AbortSignal = new AbortController().signal,
  ): Promise<SshConnection> {
    const config = await SshConfigFile.read(this.#configFiles, this.#surroundings.home);
    const hops = this.#route(config, destination, []);
    let before: SshConnection | undefined;
    try {
      for (const endpoint of hops) {
        const transport = await this.#transport(endpoint, before, signal);
        const rest = { knownHosts: this.#knownHosts, questions, clock: this.#clock, signal };
        before = endsWith(await logIn({ endpoint, transport, ...rest }), before);
      }
    } catch (cause) {
      await before?.close();
      throw cause;
    }
    if (!before) throw new SshFailureError({ code: 'cancelled' });
    return before;
  }

  /** The hosts to log in to, the wanted one last. A jump host may itself be reached by others. */
  #route(
    config: SshConfigFile,
    destination: SshDestination,
    from: readonly string[],
  ): readonly SshEndpoint[] {
    const values = config.valuesFor(destination.host, destination.user);
    const endpoint = resolveEndpoint(destination, values, this.#surroundings);
    if (from.includes(endpoint.name) || from.length >= MOST_JUMPS) {
      const detail = `ProxyJump goes round in a circle: ${[...from, endpoint.name].join(', ')}`;
      throw new SshFailureError({ code: 'ssh-config-unusable', file: values.file, detail });
    }
    // Those after the first are reached through the one before, whatever is configured for them.
    const jumps = endpoint.jumps.flatMap((text, index) => {
      const jump = parseDestination(text);
      if (!jump) {
        const detail = `ProxyJump names no host: ${text}`;
        throw new SshFailureError({ code: 'ssh-config-unusable', file: values.file, detail });
      }
      const route = this.#route(config, jump, [...from, endpoint.name]);
      return index === 0 ? route : route.slice(-1);
    });
    return [...jumps, endpoint];
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

function usualConfigFiles({ home, platform, environment }: SshSurroundings): readonly string[] {
  const system =
    platform === 'win32'
      ? path.join(environment['ProgramData'] ?? 'C:/ProgramData', 'ssh')
      : '/etc/ssh';
  return [path.join(home, '.ssh', 'config'), path.join(system, 'ssh_config')];
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
