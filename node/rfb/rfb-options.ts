import { RFB_LIMITS, type RfbLimits } from '../../core/rfb/limits.ts';
import { type Clock, systemClock } from '../xmpp/clock.ts';

/** What a server may ask for. It is never kept, logged or passed on. */
export interface RfbCredentials {
  readonly username?: string;
  /** The user's where one is named, and told under TLS alone (X509Plain); else that of the screen. */
  readonly password?: string;
  /** That of the screen where a user is named, too. */
  readonly screenPassword?: string;
}

/**
 * The password of the screen itself, of which VncAuth looks at the first eight bytes only. It is never
 * that of a user: whoever stands in between could ask for VncAuth, and guess from the answer.
 */
export function screenPasswordOf(credentials: RfbCredentials): string | undefined {
  const { username, password, screenPassword } = credentials;
  return screenPassword ?? (username === undefined ? password : undefined);
}

/** Which certificate is believed to be the server's. */
export interface RfbTrust {
  /** The name or address that the certificate must be for. */
  readonly serverName: string;
  /** PEM of the only authorities that count; absent for the system's. */
  readonly ca?: string | readonly string[];
  /** SHA-256 in hex, with or without colons: this certificate and no other, whoever signed it. */
  readonly pinnedFingerprint?: string;
  /** The server is where the hypervisor's host sees it under that name. */
  readonly isThroughSsh?: boolean;
  /** The server is a proxy, and not the screen itself. */
  readonly isProxy?: boolean;
}

/** How a conversation is begun. */
export interface RfbOptions {
  readonly credentials: RfbCredentials;
  readonly trust: RfbTrust;
  /** Leaves other viewers connected; true unless it says otherwise. */
  readonly isShared?: boolean;
  readonly limits?: RfbLimits;
  readonly clock?: Clock;
  /** For each answer of the server. */
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal;
}

const ANSWER_TIMEOUT_MS = 15_000;

/** The options with what they leave out. */
export function completeOptions(options: RfbOptions): Required<RfbOptions> {
  return {
    isShared: true,
    limits: RFB_LIMITS,
    clock: systemClock,
    timeoutMs: ANSWER_TIMEOUT_MS,
    signal: new AbortController().signal,
    ...options,
  };
}
