import type { Duplex } from 'node:stream';
import { Client, type AnyAuthMethod, type ConnectConfig, type ServerHostKeyAlgorithm } from 'ssh2';
import type { SshQuestions } from '../../core/ssh/ssh-question.ts';
import type { SshStep } from '../../core/ssh/ssh-step.ts';
import type { Clock } from '../xmpp/clock.ts';
import { Authentication } from './authentication.ts';
import { fingerprintOf, readHostKey } from './host-key.ts';
import type { KnownHostsFiles } from './known-hosts-files.ts';
import { judgeHostKey, knownHostName, knownKeyTypes, type KnownHost } from './known-hosts.ts';
import { PhaseTimer } from './phase-timer.ts';
import { SshConnection } from './ssh-connection.ts';
import type { SshEndpoint } from './ssh-endpoint.ts';
import { SshFailureError } from './ssh-failure-error.ts';

const SIGNATURES: readonly ServerHostKeyAlgorithm[] = [
  'ssh-ed25519',
  'ecdsa-sha2-nistp256',
  'ecdsa-sha2-nistp384',
  'ecdsa-sha2-nistp521',
  'ssh-dss',
];
const HANDSHAKE_MS = 15_000;
const AUTHENTICATION_MS = 30_000;

export interface LogInOptions {
  readonly endpoint: SshEndpoint;
  readonly transport: Duplex;
  readonly knownHosts: KnownHostsFiles;
  readonly questions: SshQuestions;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly onStep: (step: SshStep) => void;
}

/** Verifies the host on an open transport and logs in. Throws `SshFailureError`. */
export async function logIn(options: LogInOptions): Promise<SshConnection> {
  const { endpoint, transport, knownHosts } = options;
  try {
    const lines = await knownHosts.read(endpoint.knownHostsFiles);
    return await new LogIn(options, lines).run();
  } catch (cause) {
    transport.destroy();
    throw cause;
  }
}

class LogIn {
  readonly #options: LogInOptions;
  readonly #lines: readonly KnownHost[];
  readonly #address: string;
  readonly #client = new Client();
  readonly #timer: PhaseTimer;
  readonly #authentication: Authentication;
  #fail: (cause: SshFailureError) => void = () => undefined;

  constructor(options: LogInOptions, lines: readonly KnownHost[]) {
    const { endpoint, clock, questions } = options;
    this.#options = options;
    this.#lines = lines;
    const address = `${endpoint.host}:${endpoint.port}`;
    this.#address = address;
    this.#timer = new PhaseTimer(clock, (phase, seconds) => {
      this.#fail(new SshFailureError({ code: 'ssh-timed-out', address, phase, seconds }));
    });
    this.#authentication = new Authentication(endpoint, address, (question) =>
      this.#timer.pausedFor(questions.secret(question)),
    );
  }

  run(): Promise<SshConnection> {
    const { signal } = this.#options;
    const abort = (): void => this.#fail(new SshFailureError({ code: 'cancelled' }));
    return new Promise<SshConnection>((resolve, reject) => {
      this.#fail = reject;
      signal.addEventListener('abort', abort);
      if (signal.aborted) abort();
      this.#client.on('error', (cause) => this.#onError(cause));
      this.#client.once('close', () => this.#fail(this.#closed('the host hung up')));
      this.#client.once('handshake', () => this.#timer.begin('authentication', AUTHENTICATION_MS));
      this.#client.once('ready', () => {
        const { clock, endpoint, transport } = this.#options;
        const { host, port, user } = endpoint;
        const address = `${host}:${port}`;
        const method = this.#authentication.last;
        this.#options.onStep({ name: 'logged-in', address, user, method });
        resolve(new SshConnection(this.#client, transport, { address, user }, clock));
      });
      this.#timer.begin('handshake', HANDSHAKE_MS);
      this.#client.connect(this.#settings());
    })
      .catch((cause: unknown) => {
        this.#client.destroy();
        throw cause;
      })
      .finally(() => {
        this.#timer.end();
        signal.removeEventListener('abort', abort);
      });
  }

  #settings(): ConnectConfig {
    const { endpoint, transport } = this.#options;
    const { host, hostKeyName, port, user, keepAliveMs, keepAliveCount } = endpoint;
    const known = knownKeyTypes(this.#lines, hostKeyName, port).flatMap(signaturesOf);
    return {
      sock: transport,
      host,
      username: user,
      readyTimeout: 0,
      keepaliveInterval: keepAliveMs,
      keepaliveCountMax: keepAliveCount,
      hostVerifier: (blob: Buffer, verified: (isTrusted: boolean) => void) => {
        void this.#judge(blob).then(
          () => verified(true),
          (cause: unknown) => {
            this.#fail(asFailure(cause, this.#address));
            verified(false);
          },
        );
      },
      authHandler: (offered, _isPartial, next) => {
        void this.#authentication.next(offered).then(
          // The types of the library leave out that there may be no way left.
          (way) => (next as (way: AnyAuthMethod | false) => void)(way),
          (cause: unknown) => this.#fail(asFailure(cause, this.#address)),
        );
      },
      // A host is asked for a kind of key that is known, or it could show one that is not.
      ...(known.length > 0 && {
        algorithms: { serverHostKey: { remove: known, prepend: known, append: [] } },
      }),
    };
  }

  /** Throws unless the key is known or the user trusts it. */
  async #judge(blob: Buffer): Promise<void> {
    const { endpoint, knownHosts, questions } = this.#options;
    const { hostKeyName: host, port } = endpoint;
    const key = readHostKey(blob);
    if (!key) throw this.#handshakeFailed('the host shows no key that can be read');
    const address = this.#address;
    const fingerprint = fingerprintOf(blob);
    const shown = { keyType: key.type, fingerprint };
    this.#options.onStep({ name: 'host-key', address, ...shown });
    if (endpoint.pinnedKey !== undefined) {
      if (endpoint.pinnedKey === fingerprint) return;
      throw new SshFailureError({ code: 'ssh-host-key-refused', address, fingerprint });
    }
    const verdict = judgeHostKey(this.#lines, host, port, key);
    if (verdict.name === 'trusted') return;
    if (verdict.name !== 'unknown') {
      const { file, line, key: known } = verdict.known;
      const where = { address, fingerprint, file, line };
      if (verdict.name === 'revoked') {
        throw new SshFailureError({ code: 'ssh-host-key-revoked', ...where });
      }
      const knownFingerprint = fingerprintOf(known.blob);
      throw new SshFailureError({ code: 'ssh-host-key-changed', ...where, knownFingerprint });
    }
    const { isKnownByAuthority } = verdict;
    const named = { host: knownHostName(host, port), ...shown, isKnownByAuthority };
    const answer = await this.#timer.pausedFor(questions.trustHostKey(named));
    if (answer === undefined) throw new SshFailureError({ code: 'cancelled' });
    if (!answer) throw new SshFailureError({ code: 'ssh-host-key-refused', address, fingerprint });
    // Where it cannot be written, the user is asked again next time.
    await knownHosts.add(host, port, key);
  }

  #onError(cause: Error & { readonly level?: string }): void {
    // One key that does not sign is no reason to give up: the library goes on with the next.
    if (cause.level === 'agent') return;
    if (cause.level === 'client-authentication') this.#fail(this.#authentication.failure());
    else if (cause.level === 'client-socket') this.#fail(this.#closed(cause.message));
    else this.#fail(this.#handshakeFailed(cause.message));
  }

  #closed(detail: string): SshFailureError {
    return new SshFailureError({ code: 'ssh-closed', address: this.#address, detail });
  }

  #handshakeFailed(detail: string): SshFailureError {
    return new SshFailureError({ code: 'ssh-handshake-failed', address: this.#address, detail });
  }
}

/** An RSA key signs with a newer hash, under another name. See RFC 8332. */
function signaturesOf(keyType: string): readonly ServerHostKeyAlgorithm[] {
  if (keyType === 'ssh-rsa') return ['rsa-sha2-512', 'rsa-sha2-256', 'ssh-rsa'];
  return SIGNATURES.filter((one) => one === keyType);
}

function asFailure(cause: unknown, address: string): SshFailureError {
  if (cause instanceof SshFailureError) return cause;
  const detail = cause instanceof Error ? cause.message : String(cause);
  return new SshFailureError({ code: 'ssh-handshake-failed', address, detail });
}
