import type { ConsoleFailure } from '../domain/console-failure.ts';
import type { BareJid } from '../domain/jid.ts';
import type { ProtocolErrorCode } from '../protocol/errors.ts';
import type { SshFailure } from '../ssh/ssh-failure.ts';

/** What is wrong with a server's certificate. */
export type CertificateProblem =
  'expired' | 'not-yet-valid' | 'wrong-host' | 'unknown-authority' | 'self-signed' | 'pin-changed';

export interface CertificateFacts {
  /** SHA-256 of the certificate, upper-case hex pairs with colons. */
  readonly fingerprint: string;
  readonly subject: string;
  readonly issuer: string;
  /** ISO 8601. */
  readonly validFrom: string;
  /** ISO 8601. */
  readonly validTo: string;
}

/** Every failure a user can meet. Plain data: it crosses processes unchanged. */
export type AppError =
  | { readonly code: 'invalid-input'; readonly detail: string }
  | { readonly code: 'internal'; readonly reportId: string }
  | { readonly code: 'not-found'; readonly what: string }
  | { readonly code: 'cancelled' }
  /** Nothing was typed: so many characters of a text have no key in the guest's layout. */
  | { readonly code: 'untypable'; readonly count: number }
  /** Nothing was typed: nobody knows how keys are named in that keymap of QEMU's. */
  | { readonly code: 'keymap-unusable'; readonly keymap: string }
  | { readonly code: 'already-there'; readonly what: string }
  | { readonly code: 'keychain-absent'; readonly detail: string }
  | { readonly code: 'keychain-locked'; readonly detail: string }
  | { readonly code: 'password-needed'; readonly jid: BareJid }
  | { readonly code: 'not-authorized'; readonly jid: BareJid }
  | { readonly code: 'unknown-host'; readonly host: string }
  | { readonly code: 'unreachable'; readonly address: string; readonly detail: string }
  | { readonly code: 'tls-refused'; readonly address: string }
  | { readonly code: 'tls-failed'; readonly address: string; readonly detail: string }
  | {
      readonly code: 'certificate';
      readonly problem: CertificateProblem;
      readonly domain: string;
      readonly certificate: CertificateFacts;
    }
  | { readonly code: 'mechanism-missing'; readonly offered: readonly string[] }
  | { readonly code: 'mechanism-downgraded'; readonly seen: string; readonly offered: string }
  | { readonly code: 'server-not-proved' }
  | { readonly code: 'stream'; readonly condition: string; readonly text: string }
  | { readonly code: 'not-connected'; readonly jid: BareJid }
  | {
      /** The contacts of an account could not be read at its log-in. */
      readonly code: 'roster-unread';
      readonly jid: BareJid;
      readonly why: 'too-large' | 'no-answer' | 'refused';
      /** The server's own words, where it has some. */
      readonly text: string;
    }
  | { readonly code: 'offline'; readonly entity: string }
  | { readonly code: 'timed-out'; readonly entity: string; readonly seconds: number }
  | { readonly code: 'not-sent'; readonly entity: string }
  | { readonly code: 'outcome-unknown'; readonly entity: string }
  | { readonly code: 'denied'; readonly entity: string; readonly permission: string }
  | {
      readonly code: 'unsupported';
      readonly entity: string;
      readonly namespace: string;
      readonly action: string;
      /** Why the agent does not have it, in the agent's own words, where it says. */
      readonly reason?: string;
    }
  | {
      /** An entity answered with an error of its own; `number` as on the wire. */
      readonly code: 'refused';
      readonly entity: string;
      readonly namespace: string;
      readonly action: string;
      readonly class: 'generic' | 'libvirt' | 'permission' | 'xmpp';
      readonly number: number;
      readonly text: string;
      /** What the number stands for, where this version knows it. */
      readonly meaning?: ProtocolErrorCode;
    }
  | { readonly code: 'damaged-reply'; readonly entity: string; readonly detail: string }
  | { readonly code: 'console'; readonly machine: string; readonly failure: ConsoleFailure }
  | { readonly code: 'not-allowed-now'; readonly reason: string }
  | { readonly code: 'storage-newer'; readonly file: string; readonly version: number }
  | { readonly code: 'storage-damaged'; readonly file: string; readonly detail: string }
  | { readonly code: 'storage-unwritable'; readonly file: string; readonly detail: string }
  /** A file that the user chose to save to. */
  | { readonly code: 'not-saved'; readonly file: string; readonly detail: string }
  /** No terminal program of the system could be started. */
  | { readonly code: 'no-terminal'; readonly tried: readonly string[] }
  /** The process that holds connections to hosts ended. */
  | { readonly code: 'streams-ended' }
  /** That process did not understand what it was to do, which is a fault of ours. */
  | { readonly code: 'stream-refused'; readonly detail: string }
  | { readonly code: 'demo-failed'; readonly detail: string }
  | SshFailure;
