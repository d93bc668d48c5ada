import type { SshFailure } from '../ssh/ssh-failure.ts';

/** Where in its beginning a connection stood. */
export type RfbPhase =
  | 'connecting'
  | 'websocket'
  | 'version'
  | 'security'
  | 'tls'
  | 'authentication'
  | 'initialisation'
  | 'first-frame';

/** What is wrong with a certificate; `untrusted` for all that has no name here. */
export type RfbCertificateProblem =
  | 'expired'
  | 'not-yet-valid'
  | 'revoked'
  | 'wrong-host'
  | 'unknown-authority'
  | 'self-signed'
  | 'pin-changed'
  | 'untrusted';

export interface RfbCertificate {
  /** SHA-256 of the certificate, upper-case hex pairs with colons. */
  readonly fingerprint: string;
  readonly subject: string;
  readonly issuer: string;
  /** ISO 8601. */
  readonly validFrom: string;
  /** ISO 8601. */
  readonly validTo: string;
}

/** Why there is no console, or no longer. Plain data: it crosses processes unchanged. */
export type RfbFailure =
  | { readonly code: 'host-not-found'; readonly host: string }
  | { readonly code: 'unreachable'; readonly address: string; readonly detail: string }
  | { readonly code: 'timed-out'; readonly phase: RfbPhase; readonly seconds: number }
  | { readonly code: 'closed-early'; readonly phase: RfbPhase }
  /** `reason` is what our agent's proxy says of the console behind it. */
  | { readonly code: 'websocket-refused'; readonly detail: string; readonly reason?: string }
  | { readonly code: 'tls-failed'; readonly detail: string }
  | {
      readonly code: 'certificate';
      readonly problem: RfbCertificateProblem;
      readonly certificate: RfbCertificate;
      /** The name or address that it was to be good for. */
      readonly host: string;
      /** That is a place as the hypervisor’s host sees it. */
      readonly isThroughSsh?: boolean;
      /** It is that of the proxy before the screen, which may have another one. */
      readonly isProxy?: boolean;
    }
  /** `seen` is what it said instead, made printable and cut short. */
  | { readonly code: 'not-rfb'; readonly seen: string }
  /** The server turned us away before it asked for anything, in its own words. */
  | { readonly code: 'refused'; readonly reason: string }
  /** Names of the security types that it offers, none of which we speak. */
  | { readonly code: 'unsupported-security'; readonly offered: readonly string[] }
  | { readonly code: 'credentials-needed'; readonly wantsUsername: boolean }
  | {
      readonly code: 'wrong-credentials';
      readonly reason: string;
      readonly wantsUsername: boolean;
    }
  | { readonly code: 'too-large'; readonly width: number; readonly height: number }
  | { readonly code: 'malformed'; readonly detail: string }
  /** A text console reads nothing of what is typed. */
  | { readonly code: 'unread' }
  /** The connection ended after it had begun. */
  | { readonly code: 'closed' }
  /** The hypervisor’s host, through which it is reached, could not be reached itself. */
  | {
      readonly code: 'tunnel';
      readonly failure: SshFailure | { readonly code: 'cancelled' };
    }
  | { readonly code: 'cancelled' };

/** Carries a coded failure out of the middle of a conversation. */
export class RfbFailureError extends Error {
  readonly failure: RfbFailure;

  constructor(failure: RfbFailure) {
    super(failure.code);
    this.failure = failure;
  }
}

/** Ends a conversation over something that RFB does not allow; `detail` names it. */
export function malformed(detail: string): RfbFailureError {
  return new RfbFailureError({ code: 'malformed', detail });
}
