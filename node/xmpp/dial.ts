import { connect as connectTcp, isIP, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { checkServerIdentity, connect as connectTls, type TLSSocket } from 'node:tls';
import { certificateFacts, certificateProblem } from './certificate.ts';
import type { Clock } from './clock.ts';
import { LinkFailureError } from './link-failure.ts';
import type { SessionFailure } from './session-failure.ts';
import type { Endpoint, TlsOptions } from './session-options.ts';

const NAME_ERRORS = new Set(['ENOTFOUND', 'EAI_AGAIN', 'EAI_NODATA', 'EAI_NONAME']);

/** Opens TCP to the first endpoint that answers. Throws the last one's `LinkFailureError`. */
export async function dial(
  endpoints: readonly Endpoint[],
  timeoutMs: number,
  clock: Clock,
  signal: AbortSignal,
): Promise<{ readonly socket: Socket; readonly endpoint: Endpoint }> {
  let last: unknown = new LinkFailureError({ code: 'link-closed' });
  for (const endpoint of endpoints) {
    if (signal.aborted) break;
    try {
      return { socket: await reach(endpoint, timeoutMs, clock, signal), endpoint };
    } catch (cause) {
      last = cause;
    }
  }
  throw last;
}

async function reach(
  { host, port }: Endpoint,
  timeoutMs: number,
  clock: Clock,
  signal: AbortSignal,
): Promise<Socket> {
  // Nagle's algorithm would hold back each answer for up to 45 ms.
  const socket = connectTcp({ host, port }).setNoDelay(true);
  return new Promise((resolve, reject) => {
    const give = (failure: SessionFailure): void => {
      stop();
      socket.destroy();
      reject(new LinkFailureError(failure));
    };
    const onAbort = (): void => give({ code: 'link-closed' });
    const onError = (cause: NodeJS.ErrnoException): void => give(unreachable(cause, host, port));
    const onConnect = (): void => {
      stop();
      resolve(socket);
    };
    const cancelTimer = clock.after(timeoutMs, () => give({ code: 'connect-timeout', host, port }));
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
  });
}

function unreachable(cause: NodeJS.ErrnoException, host: string, port: number): SessionFailure {
  const detail = firstCode(cause);
  if (NAME_ERRORS.has(detail)) return { code: 'host-not-found', host };
  return { code: 'host-unreachable', host, port, detail };
}

/** Node gathers the failures of several addresses of one host in an `AggregateError`. */
function firstCode(cause: NodeJS.ErrnoException): string {
  const inner: unknown = cause instanceof AggregateError ? cause.errors[0] : undefined;
  const code = cause.code ?? (inner as NodeJS.ErrnoException | undefined)?.code;
  return code ?? 'unknown';
}

/**
 * Puts TLS on a connection and verifies the server before anything is sent through it: for the XMPP
 * domain, against the authorities or the pin. Throws `LinkFailureError`.
 */
export async function secure(
  raw: Duplex,
  domain: string,
  options: TlsOptions & { readonly directTls: boolean; readonly signal: AbortSignal },
): Promise<TLSSocket> {
  const socket = connectTls({
    socket: raw,
    minVersion: 'TLSv1.2',
    // Judged below, so that each problem gets its name.
    rejectUnauthorized: false,
    // The certificate is for the XMPP domain, whatever host was dialled.
    checkServerIdentity: (_dialled, certificate) => checkServerIdentity(domain, certificate),
    ...(isIP(domain) === 0 && { servername: domain }),
    ...(options.ca !== undefined && { ca: caList(options.ca) }),
    ...(options.directTls && { ALPNProtocols: ['xmpp-client'] }),
  });
  await handshaken(socket, options.signal);
  const problem = certificateProblem(socket, options.pinnedFingerprint);
  if (problem === undefined) return socket;
  const certificate = certificateFacts(socket.getPeerCertificate());
  socket.destroy();
  throw new LinkFailureError({ code: 'certificate', problem, certificate });
}

function caList(ca: string | readonly string[]): string | string[] {
  return typeof ca === 'string' ? ca : [...ca];
}

async function handshaken(socket: TLSSocket, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const onAbort = (): void => {
      socket.destroy();
      reject(new LinkFailureError({ code: 'link-closed' }));
    };
    const onSecure = (): void => {
      signal.removeEventListener('abort', onAbort);
      socket.off('error', onError);
      socket.off('close', onClose);
      socket.on('error', () => socket.destroy());
      resolve();
    };
    const onError = (cause: NodeJS.ErrnoException): void => {
      socket.destroy();
      reject(new LinkFailureError({ code: 'tls-failed', detail: cause.code ?? cause.message }));
    };
    const onClose = (): void => onError(new Error('closed'));
    signal.addEventListener('abort', onAbort);
    socket.once('secureConnect', onSecure);
    socket.once('error', onError);
    socket.once('close', onClose);
  });
}
