import { connect as connectTcp, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Clock } from '../xmpp/clock.ts';
import type { SshConnection } from './ssh-connection.ts';
import type { SshEndpoint } from './ssh-endpoint.ts';
import { SshFailureError } from './ssh-failure-error.ts';

const NAME_ERRORS = new Set(['ENOTFOUND', 'EAI_AGAIN', 'EAI_NODATA', 'EAI_NONAME']);

type Target = Pick<SshEndpoint, 'host' | 'port' | 'connectTimeoutMs'>;

/** What ends an attempt that nobody answers. */
export interface TransportLimits {
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

/** A connection straight to a host. Throws `SshFailureError`. */
export function dialTcp(target: Target, limits: TransportLimits): Promise<Socket> {
  const { host, port } = target;
  const socket = connectTcp({ host, port, noDelay: true });
  const dialled = new Promise<Socket>((resolve, reject) => {
    socket.once('connect', () => resolve(socket));
    socket.once('error', (cause) => reject(unreachable(cause, host, `${host}:${port}`)));
    // Between two owners an error must not be without a listener.
    socket.on('error', () => socket.destroy());
  });
  return within(target, limits, dialled, () => socket.destroy());
}

/** A connection from a jump host onward, which may take minutes to find out that nobody answers there. */
export function digTunnel(
  target: Target,
  through: Pick<SshConnection, 'tunnel'>,
  limits: TransportLimits,
): Promise<Duplex> {
  const dug = through.tunnel(target.host, target.port);
  const giveUp = (): void => void dug.then((late) => late.destroy()).catch(() => undefined);
  return within(target, limits, dug, giveUp);
}

/** What comes in time; what comes later, or fails, is given up. */
function within<T>(
  { host, port, connectTimeoutMs }: Target,
  { clock, signal }: TransportLimits,
  coming: Promise<T>,
  giveUp: () => void,
): Promise<T> {
  const seconds = Math.round(connectTimeoutMs / 1000);
  const limit = { address: `${host}:${port}`, phase: 'connect', seconds } as const;
  let stop = (): void => undefined;
  const ended = new Promise<never>((_resolve, reject) => {
    const give = (failure: SshFailureError['failure']): void =>
      reject(new SshFailureError(failure));
    const onAbort = (): void => give({ code: 'cancelled' });
    const cancelTimer = clock.after(connectTimeoutMs, () =>
      give({ code: 'ssh-timed-out', ...limit }),
    );
    signal.addEventListener('abort', onAbort);
    if (signal.aborted) onAbort();
    stop = () => {
      cancelTimer();
      signal.removeEventListener('abort', onAbort);
    };
  });
  return Promise.race([coming, ended])
    .catch((cause: unknown) => {
      giveUp();
      throw cause;
    })
    .finally(() => stop());
}

function unreachable(cause: Error, host: string, address: string): SshFailureError {
  // Node gathers the failures of several addresses of one host.
  const first: unknown = cause instanceof AggregateError ? cause.errors[0] : cause;
  const code = first instanceof Error && 'code' in first ? String(first.code) : cause.message;
  if (NAME_ERRORS.has(code)) return new SshFailureError({ code: 'ssh-unknown-host', host });
  return new SshFailureError({ code: 'ssh-unreachable', address, detail: code });
}
