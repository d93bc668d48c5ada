import type { Result } from '../../core/lib/result.ts';
import type { ElementReader, XmlElement } from '../../core/xml/element.ts';
import type {
  CertificateFacts,
  IqFailure,
  Mechanism,
  SendFailure,
  SessionFailure,
} from './session-failure.ts';

export type ConnectStep =
  'resolving' | 'reaching' | 'securing' | 'registering' | 'authenticating' | 'binding' | 'resuming';

export type SessionState =
  | { readonly kind: 'offline' }
  | { readonly kind: 'connecting'; readonly attempt: number; readonly step: ConnectStep }
  | { readonly kind: 'online'; readonly jid: string; readonly resumed: boolean }
  /** Lost, and tried again by itself. While `resumable`, pending requests stay pending. */
  | {
      readonly kind: 'waiting';
      readonly attempt: number;
      /** When the next attempt begins, milliseconds since 1970. */
      readonly retryAt: number;
      readonly resumable: boolean;
      readonly reason: SessionFailure;
    }
  /** Stopped: nothing is tried until `connect()` is called again, after the user changed something. */
  | { readonly kind: 'failed'; readonly reason: SessionFailure };

/** What is known of a session that is online. */
export interface SessionFacts {
  readonly jid: string;
  readonly host: string;
  readonly port: number;
  readonly directTls: boolean;
  /** Such as `TLSv1.3`; undefined on a transport that is secure in itself. */
  readonly tlsVersion: string | undefined;
  readonly cipher: string | undefined;
  readonly certificate: CertificateFacts | undefined;
  readonly isPinned: boolean;
  readonly mechanism: Mechanism;
  readonly streamManagement: 'off' | 'acknowledged' | 'resumable';
  /** The server tells a roster only where it has another version than the client (RFC 6121 §2.6). */
  readonly hasRosterVersions: boolean;
}

/** A stanza that passed, for the stanza console. SASL never passes here. */
export interface StanzaTap {
  readonly direction: 'sent' | 'received';
  /** The text as the given redactor left it; empty when the session has no redactor. */
  readonly text: string;
  readonly bytes: number;
  /** Milliseconds since 1970. */
  readonly at: number;
}

export interface SessionEvents {
  readonly stateChanged: SessionState;
  /** A new stream took the place of an old one that could be resumed: all state is to be read anew. */
  readonly resynced: { readonly jid: string };
  readonly resumed: { readonly jid: string };
  readonly authenticated: { readonly mechanism: Mechanism };
  readonly presence: ElementReader;
  readonly message: ElementReader;
  readonly stanza: StanzaTap;
  /** A reply whose sender is not who was asked; it was ignored. */
  readonly replyForged: { readonly expected: string; readonly from: string };
  /** A handler threw: a bug of ours, kept from harming the session; uncaught where nobody listens. */
  readonly handlerFailed: { readonly cause: unknown };
}

export interface RequestOptions {
  /** How long an answer may take; 30 s when not given. */
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal;
  /** The id of the stanza, for who asks after it later; nobody else may be able to guess it. */
  readonly id?: string;
}

/** A request from another entity, for a handler. */
export interface IncomingIq {
  readonly from: string;
  readonly to: string;
  readonly type: 'get' | 'set';
  readonly id: string;
  readonly payload: ElementReader;
}

/** A refusal: the `<error/>` element, and whether the request is echoed beside it as original agents do. */
export interface IqRefusal {
  readonly error: XmlElement;
  readonly echo?: boolean;
}

/** Answers a request: with the payload of the result, nothing for an empty result, or a refusal. */
export type IqHandler = (iq: IncomingIq) => IqAnswer | Promise<IqAnswer>;
export type IqAnswer = Result<XmlElement | undefined, IqRefusal>;

export type Unsubscribe = () => void;

/** What roster, pubsub and the rest need of a session; fakes implement it too. */
export interface Session {
  readonly bareJid: string;
  /** The JID that the server bound, while online or resumable. */
  readonly fullJid: string | undefined;
  readonly domain: string;
  readonly state: SessionState;
  readonly facts: SessionFacts | undefined;
  /** Asks an entity; `to` undefined asks the own account. Resolves to the whole `<iq/>` of the result. */
  request(
    to: string | undefined,
    type: 'get' | 'set',
    payload: XmlElement,
    options?: RequestOptions,
  ): Promise<Result<ElementReader, IqFailure>>;
  /** Sends a message or presence. Resolves once it is handed to the link, in the order of the calls. */
  send(stanza: XmlElement): Promise<Result<void, SendFailure>>;
  /** Answers requests whose payload is in a namespace. One handler a namespace. */
  onIq(namespace: string, handler: IqHandler): Unsubscribe;
  on<Name extends keyof SessionEvents>(
    name: Name,
    listener: (event: SessionEvents[Name]) => void,
  ): Unsubscribe;
}
