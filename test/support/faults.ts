import type { Element } from '@xmpp/xml';

/** The connection on which a stanza came, as far as an answer needs it. */
export interface AnsweringStream {
  write(text: string): void;
  cut(): void;
}

/** What the server does otherwise than a good one. */
export interface Faults {
  /** SASL mechanisms it offers; SCRAM-SHA-256 when not given. */
  readonly mechanisms?: readonly string[];
  /** Offers no STARTTLS on a connection that is not secure, as someone between could arrange. */
  readonly stripsStartTls?: boolean;
  /** Says that it knows the password though it does not. */
  readonly forgesSignature?: boolean;
  readonly forgesNonce?: boolean;
  readonly iterations?: number;
  /** A SASL failure condition instead of success. */
  readonly refusesLogin?: string;
  /** Keeps the connection open after a refused login. */
  readonly staysHalfOpen?: boolean;
  /** Says nothing any more when it should send this. */
  readonly silentAt?: 'header' | 'features' | 'challenge' | 'bind';
  /** XEP-0198; without it there is none. */
  readonly streamManagement?: 'resumes' | 'refuses';
  /** Cuts what it sends into pieces of this many bytes. */
  readonly pieceBytes?: number;
  /** Answers a stanza; without it nobody does. */
  readonly onStanza?: (stanza: Element, stream: AnsweringStream) => void;
}

export const FAULT_DOMAIN = 'fault.test';
export const FAULT_PASSWORD = 'pencil';
