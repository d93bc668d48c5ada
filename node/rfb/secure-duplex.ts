import { isIP } from 'node:net';
import type { Duplex } from 'node:stream';
import { checkServerIdentity, connect as connectTls, type TLSSocket } from 'node:tls';
import { RfbFailureError } from '../../core/rfb/rfb-failure.ts';
import { certificateFacts, certificateProblem } from '../xmpp/certificate.ts';
import type { Clock } from '../xmpp/clock.ts';
import type { RfbTrust } from './rfb-options.ts';

/** Puts TLS on a connection and verifies the server. Throws `RfbFailureError`. */
export async function secureDuplex(
  raw: Duplex,
  trust: RfbTrust,
  options: { readonly clock: Clock; readonly timeoutMs: number; readonly signal: AbortSignal },
): Promise<TLSSocket> {
  const { serverName, ca, isThroughSsh = false, isProxy = false } = trust;
  const socket = connectTls({
    socket: raw,
    minVersion: 'TLSv1.2',
    // Judged below, so that each problem gets its name.
    rejectUnauthorized: false,
    checkServerIdentity: (_dialled, certificate) => checkServerIdentity(serverName, certificate),
    ...(isIP(serverName) === 0 && { servername: serverName }),
    ...(ca !== undefined && { ca: typeof ca === 'string' ? ca : [...ca] }),
  });
  await shaken(socket, options);
  const problem = certificateProblem(socket, trust.pinnedFingerprint);
  if (problem === undefined) return socket;
  const certificate = certificateFacts(socket.getPeerCertificate());
  socket.destroy();
  const where = {
    host: serverName,
    ...(isThroughSsh && { isThroughSsh }),
    ...(isProxy && { isProxy }),
  };
  throw new RfbFailureError({ code: 'certificate', problem, certificate, ...where });
}

async function shaken(
  socket: TLSSocket,
  options: { readonly clock: Clock; readonly timeoutMs: number; readonly signal: AbortSignal },
): Promise<void> {
  const { clock, timeoutMs, signal } = options;
  return new Promise((resolve, reject) => {
    const settle = (failure?: RfbFailureError): void => {
      cancelTimer();
      signal.removeEventListener('abort', onAbort);
      socket.off('error', onError).off('close', onClose);
      // Between two owners an error must not be without a listener.
      socket.on('error', () => socket.destroy());
      if (failure === undefined) {
        resolve();
        return;
      }
      socket.destroy();
      reject(failure);
    };
    const onAbort = (): void => settle(new RfbFailureError({ code: 'cancelled' }));
    const onError = (cause: NodeJS.ErrnoException): void =>
      settle(new RfbFailureError({ code: 'tls-failed', detail: cause.code ?? cause.message }));
    const onClose = (): void => settle(new RfbFailureError({ code: 'closed-early', phase: 'tls' }));
    const seconds = Math.ceil(timeoutMs / 1000);
    const cancelTimer = clock.after(timeoutMs, () =>
      settle(new RfbFailureError({ code: 'timed-out', phase: 'tls', seconds })),
    );
    signal.addEventListener('abort', onAbort);
    socket.once('secureConnect', () => settle());
    socket.once('error', onError);
    socket.once('close', onClose);
  });
}
