import type { Clock } from './clock.ts';
import type { LtxElement } from './elements.ts';
import type { Credentials } from './negotiation.ts';
import type { SessionFailure } from './session-failure.ts';
import type { Endpoint, Resolver, TlsOptions, Transport } from './session-options.ts';
import type { ConnectStep } from './session-types.ts';
import type { ParserLimits } from './stanza-parser.ts';
import type { Resumption } from './stream-management.ts';

/** All that one connection needs to know, with every default filled in. */
export interface LinkInput extends LinkEvents, LinkSettings {
  /** To log in, or to make the account and hang up. */
  readonly purpose: 'log-in' | 'register';
  readonly credentials: Credentials;
  /** The link to take up again. */
  readonly earlier: Resumption | undefined;
  /** How many of the domain's servers to pass over, because they failed before TLS was up. */
  readonly misses: number;
}

export interface LinkSettings {
  readonly account: string;
  readonly domain: string;
  readonly resource: string | undefined;
  readonly endpoint: Endpoint | undefined;
  readonly transport: Transport | undefined;
  readonly tls: TlsOptions;
  readonly streamManagement: boolean;
  readonly limits: ParserLimits & { readonly outgoingBytes: number };
  readonly keepAlive: { readonly idleMs: number; readonly answerMs: number };
  readonly stepTimeoutMs: number;
  readonly clock: Clock;
  readonly random: () => number;
  readonly resolver: Resolver;
}

export interface LinkEvents {
  readonly onStep: (step: ConnectStep) => void;
  readonly onStanza: (stanza: LtxElement) => void;
  readonly onSent: (element: LtxElement, text: string) => void;
  /** The link ended after it had been online. */
  readonly onEnded: (failure: SessionFailure) => void;
  /** Something threw that never should. */
  readonly onBug: (cause: unknown) => void;
}

export type LinkOutcome =
  | { readonly kind: 'online'; readonly fullJid: string; readonly isResumed: boolean }
  | { readonly kind: 'registered' };
