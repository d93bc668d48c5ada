import type { ConnectionFacts, ConnectionState } from '../../core/contract/accounts.ts';
import type { AppError, CertificateProblem } from '../../core/contract/app-error.ts';
import { parseJid, type BareJid } from '../../core/domain/jid.ts';
import type { SessionFailure } from '../../node/xmpp/session-failure.ts';
import type { ConnectStep, SessionFacts, SessionState } from '../../node/xmpp/session-types.ts';

type Step = Extract<ConnectionState, { name: 'connecting' }>['step'];

const STEPS: Readonly<Record<ConnectStep, Step>> = {
  resolving: 'resolving',
  reaching: 'opening',
  securing: 'securing',
  registering: 'proving',
  authenticating: 'proving',
  binding: 'proving',
  resuming: 'proving',
};

/** What a session's state means to the user. `since`: when it came online, milliseconds since 1970. */
export function connectionState(
  state: SessionState,
  facts: SessionFacts | undefined,
  account: BareJid,
  since: number,
): ConnectionState {
  switch (state.kind) {
    case 'offline':
      return { name: 'offline' };
    case 'connecting':
      return { name: 'connecting', step: STEPS[state.step] };
    case 'online':
      return { name: 'online', facts: connectionFacts(facts), since };
    case 'waiting':
      return { name: 'waiting', error: sessionError(state.reason, account), at: state.retryAt };
    case 'failed':
      return { name: 'failed', error: sessionError(state.reason, account) };
  }
}

function connectionFacts(facts: SessionFacts | undefined): ConnectionFacts {
  const { host, tlsVersion, cipher, mechanism, certificate, isPinned } = { ...facts };
  return {
    host: host ?? '',
    tls: tlsVersion ?? '',
    cipher: cipher ?? '',
    mechanism: mechanism ?? '',
    fingerprint: certificate?.fingerprint ?? '',
    pinned: isPinned ?? false,
  };
}

type Failures = {
  readonly [C in SessionFailure['code']]: (
    failure: Extract<SessionFailure, { readonly code: C }>,
    account: BareJid,
  ) => AppError;
};

const FAILURES: Failures = {
  'host-not-found': ({ host }) => ({ code: 'unknown-host', host }),
  'no-service': ({ domain }) => ({ code: 'unknown-host', host: domain }),
  'host-unreachable': ({ host, port, detail }) => unreachable(`${host}:${port}`, detail),
  'connect-timeout': ({ host, port }) => unreachable(`${host}:${port}`, 'ETIMEDOUT'),
  'tls-not-offered': (_, account) => ({ code: 'tls-refused', address: domainOf(account) }),
  'tls-failed': ({ detail }, account) => {
    return { code: 'tls-failed', address: domainOf(account), detail };
  },
  certificate: ({ problem, certificate }, account) => {
    const domain = domainOf(account);
    return { code: 'certificate', problem: problemOf(problem), domain, certificate };
  },
  'password-missing': (_, account) => ({ code: 'password-needed', jid: account }),
  'not-authorized': (_, account) => ({ code: 'not-authorized', jid: account }),
  'no-mechanism': ({ offered }) => ({ code: 'mechanism-missing', offered }),
  'mechanism-downgraded': ({ remembered, offered }) => {
    return { code: 'mechanism-downgraded', seen: remembered, offered: offered.join(', ') };
  },
  'server-not-verified': () => ({ code: 'server-not-proved' }),
  'registration-refused': ({ condition, text }) => ({ code: 'stream', condition, text }),
  'bind-refused': ({ condition }) => ({ code: 'stream', condition, text: '' }),
  'stream-error': ({ condition, text }) => ({ code: 'stream', condition, text }),
  'stream-malformed': ({ detail }) => ({ code: 'stream', condition: detail, text: '' }),
  'no-answer': (_, account) => unreachable(domainOf(account), 'ETIMEDOUT'),
  'link-closed': (_, account) => unreachable(domainOf(account), 'ECONNRESET'),
};

/** What keeps a session from being online, in the codes of the application. */
function sessionError(failure: SessionFailure, account: BareJid): AppError {
  // Each entry takes the failure of its own code.
  const convert = FAILURES[failure.code] as (failure: SessionFailure, account: BareJid) => AppError;
  return convert(failure, account);
}

function unreachable(address: string, detail: string): AppError {
  return { code: 'unreachable', address, detail };
}

function problemOf(problem: string): CertificateProblem {
  const known: readonly CertificateProblem[] = [
    'expired',
    'not-yet-valid',
    'wrong-host',
    'unknown-authority',
    'self-signed',
    'pin-changed',
  ];
  // One that was revoked, or is refused for another reason, is vouched for by nobody.
  return known.find((one) => one === problem) ?? 'unknown-authority';
}

function domainOf(account: BareJid): string {
  return parseJid(account)?.domain ?? account;
}
