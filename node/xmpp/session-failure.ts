import type { XmlElement } from '../../core/xml/element.ts';

export type Mechanism = 'SCRAM-SHA-256' | 'SCRAM-SHA-1' | 'PLAIN';

/** What the user is shown of a server's certificate. Dates are ISO 8601. */
export interface CertificateFacts {
  /** SHA-256 of the certificate, as `AA:BB:…`. */
  readonly fingerprint: string;
  readonly subject: string;
  readonly issuer: string;
  readonly validFrom: string;
  readonly validTo: string;
  /** The DNS names and addresses it stands for. */
  readonly names: readonly string[];
}

export type CertificateProblem =
  | 'expired'
  | 'not-yet-valid'
  | 'wrong-host'
  | 'unknown-authority'
  | 'self-signed'
  | 'revoked'
  | 'pin-changed'
  | 'untrusted';

/** Why a session is not online. Plain data. */
export type SessionFailure =
  | { readonly code: 'host-not-found'; readonly host: string }
  | { readonly code: 'no-service'; readonly domain: string }
  | {
      readonly code: 'host-unreachable';
      readonly host: string;
      readonly port: number;
      /** The operating system's code, such as `ECONNREFUSED`. */
      readonly detail: string;
    }
  | { readonly code: 'connect-timeout'; readonly host: string; readonly port: number }
  | { readonly code: 'tls-not-offered' }
  | { readonly code: 'tls-failed'; readonly detail: string }
  | {
      readonly code: 'certificate';
      readonly problem: CertificateProblem;
      readonly certificate: CertificateFacts;
    }
  | { readonly code: 'password-missing' }
  | { readonly code: 'not-authorized'; readonly condition: string; readonly text: string }
  | { readonly code: 'no-mechanism'; readonly offered: readonly string[] }
  | {
      readonly code: 'mechanism-downgraded';
      readonly remembered: Mechanism;
      readonly offered: readonly string[];
    }
  | { readonly code: 'server-not-verified'; readonly detail: string }
  | { readonly code: 'registration-refused'; readonly condition: string; readonly text: string }
  | { readonly code: 'bind-refused'; readonly condition: string }
  | { readonly code: 'stream-error'; readonly condition: string; readonly text: string }
  | { readonly code: 'stream-malformed'; readonly detail: StreamDefect }
  | { readonly code: 'no-answer' }
  | { readonly code: 'link-closed' };

/** What was wrong with the XML that a server sent. */
export type StreamDefect = 'not-well-formed' | 'restricted-xml' | 'too-large' | 'too-deep';

/** Why a request has no good answer. Plain data. */
export type IqFailure =
  | {
      readonly code: 'stanza-error';
      readonly type: string;
      /** The defined condition of RFC 6120; undefined when the sender gave none. */
      readonly condition: string | undefined;
      readonly text: string;
      /** The element that says more in a namespace of its own. */
      readonly application: { readonly name: string; readonly namespace: string } | undefined;
      /** The `code` attribute of the days before RFC 6120, which original agents still send. */
      readonly legacyCode: number | undefined;
      readonly element: XmlElement;
    }
  /** It was never written: the entity has not seen it. */
  | {
      readonly code: 'not-sent';
      readonly because: 'offline' | 'congested' | 'disconnected' | 'bad-address';
    }
  /** A `get` was written and the link died. */
  | { readonly code: 'disconnected' }
  | { readonly code: 'timeout' }
  | { readonly code: 'cancelled' }
  /** A `set` was written and nobody knows whether it was acted upon. */
  | {
      readonly code: 'unknown-outcome';
      readonly because: 'disconnected' | 'timeout' | 'cancelled';
    };

export type SendFailure = Extract<IqFailure, { code: 'not-sent' }>;
