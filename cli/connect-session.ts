import { err, ok, type Result } from '../core/lib/result.ts';
import type { SessionFailure } from '../node/xmpp/session-failure.ts';
import type { Endpoint } from '../node/xmpp/session-options.ts';
import { XmppSession } from '../node/xmpp/session.ts';

export interface ConnectOptions {
  readonly jid: string;
  readonly password: string;
  readonly resource: string;
  readonly endpoint: Endpoint | undefined;
  /** SHA-256 of the one certificate that is accepted. */
  readonly fingerprint: string | undefined;
}

/** A session for one question: what fails is not tried again. */
export async function connectOnce(
  options: ConnectOptions,
): Promise<Result<XmppSession, SessionFailure>> {
  const { jid, password, resource, endpoint, fingerprint } = options;
  const session = new XmppSession({
    jid,
    password: async () => password,
    resource,
    reconnect: { maxDelayMs: 0 },
    ...(endpoint ? { endpoint } : {}),
    ...(fingerprint === undefined ? {} : { tls: { pinnedFingerprint: fingerprint } }),
  });
  const connected = await session.connect();
  return connected.ok ? ok(session) : err(connected.error);
}

/** What kept a session from coming online, in a sentence with the remedy. */
export function describeConnectFailure(failure: SessionFailure): string {
  switch (failure.code) {
    case 'not-authorized':
      return 'The server refused the JID or its password. Check both.';
    case 'certificate': {
      const { problem, certificate } = failure;
      return `The server's certificate cannot be trusted (${problem}). If it is yours, give --fingerprint ${certificate.fingerprint}`;
    }
    case 'host-not-found':
    case 'no-service':
    case 'host-unreachable':
    case 'connect-timeout':
      return `The server cannot be reached (${failure.code}). Check the domain, or give --host and --port.`;
    default:
      return `The session could not be opened: ${failure.code}.`;
  }
}
