import type { Duplex } from 'node:stream';
import type { Clock } from './clock.ts';
import type { Mechanism } from './session-failure.ts';

/** Where the XMPP server listens. `directTls` means TLS from the first byte (XEP-0368). */
export interface Endpoint {
  readonly host: string;
  readonly port: number;
  readonly directTls?: boolean;
}

/** A way to reach a server other than TCP. An insecure one is upgraded by STARTTLS like TCP. */
export interface Transport {
  readonly isSecure: boolean;
  open(): Promise<Duplex>;
}

/** Gives a password when it is needed; undefined when there is none. */
export type SecretSource = () => Promise<string | undefined>;

/** Keeps derived SCRAM keys, for many agents with one password. Entries are secrets. */
export interface ScramKeyCache {
  get(key: string): Promise<ScramKeys> | undefined;
  set(key: string, keys: Promise<ScramKeys>): void;
}

export interface ScramKeys {
  readonly clientKey: Buffer;
  readonly serverKey: Buffer;
}

/** Finds the servers of a domain, as `node:dns/promises` does. */
export interface Resolver {
  resolveSrv(name: string): Promise<readonly SrvRecord[]>;
}

export interface SrvRecord {
  readonly name: string;
  readonly port: number;
  readonly priority: number;
  readonly weight: number;
}

export interface TlsOptions {
  /** Authorities in PEM, instead of the system's. */
  readonly ca?: string | readonly string[];
  /** SHA-256 of the one certificate that is accepted, as `AA:BB:…`. */
  readonly pinnedFingerprint?: string;
}

export interface ReconnectPolicy {
  /** The longest wait between two attempts; 30 s when not given. 0 means never to try again. */
  readonly maxDelayMs?: number;
  /** How long a link must hold before the waits begin small again; 30 s when not given. */
  readonly stableAfterMs?: number;
}

export interface SessionLimits {
  /** The largest stanza that is read, in bytes; 4 MiB when not given. */
  readonly stanzaBytes?: number;
  /** The most elements in a stanza; 200,000 when not given. */
  readonly stanzaElements?: number;
  /** The most text that waits for a slow server, in bytes; 16 MiB when not given. */
  readonly outgoingBytes?: number;
}

export interface KeepAlive {
  /** How long the link may be silent before it is checked; 60 s when not given. */
  readonly idleMs?: number;
  /** How long an answer to that may take; 20 s when not given. */
  readonly answerMs?: number;
}

export interface SessionOptions {
  /** The bare JID of the account. */
  readonly jid: string;
  readonly password: SecretSource;
  /** The resource to ask for; the server makes one when not given. */
  readonly resource?: string;
  /** Where to connect; found by DNS when neither this nor a transport is given. */
  readonly endpoint?: Endpoint;
  readonly transport?: Transport;
  readonly tls?: TlsOptions;
  /** Registers the account in-band (XEP-0077) when the server does not know it. For agents. */
  readonly registerIfMissing?: boolean;
  /** XEP-0198; on when not given. */
  readonly streamManagement?: boolean;
  /** The strongest mechanism this account was seen with; a weaker one is refused. */
  readonly rememberedMechanism?: Mechanism;
  readonly scramKeys?: ScramKeyCache;
  readonly reconnect?: ReconnectPolicy;
  readonly keepAlive?: KeepAlive;
  readonly limits?: SessionLimits;
  /** How long each step of a connection may take; 15 s when not given. */
  readonly stepTimeoutMs?: number;
  readonly clock?: Clock;
  /** In [0, 1), for jitter and the choice among SRV records. */
  readonly random?: () => number;
  readonly resolver?: Resolver;
  /** Takes secrets out of a stanza's text before it reaches the tap. */
  readonly redact?: (text: string) => string;
}
