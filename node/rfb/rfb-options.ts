import { RFB_LIMITS, type RfbLimits } from '../../core/rfb/limits.ts';
import { type Clock, systemClock } from '../xmpp/clock.ts';

/** What a server may ask for. It is never kept, logged or passed on. */
export interface RfbCredentials {
  readonly username?: string;
  /** VncAuth looks at its first eight bytes only. */
  readonly password?: string;
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
