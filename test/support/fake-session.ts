import { err, ok, type Result } from '../../core/lib/result.ts';
import type { ElementReader, XmlElement } from '../../core/xml/element.ts';
import { el } from '../../core/xml/element.ts';
import { readerOf } from '../../core/xml/reader.ts';
import type { ConnectableSession } from '../../client/ports.ts';
import { Emitter } from '../../node/xmpp/emitter.ts';
import type { IqFailure, SendFailure } from '../../node/xmpp/session-failure.ts';
import type {
  IqHandler,
  RequestOptions,
  SessionEvents,
  SessionFacts,
  SessionState,
  Unsubscribe,
} from '../../node/xmpp/session-types.ts';

export interface FakeRequest {
  readonly to: string | undefined;
  readonly type: 'get' | 'set';
  readonly payload: XmlElement;
  readonly options: RequestOptions | undefined;
}

export type FakeAnswer = Result<ElementReader, IqFailure>;
export type Answerer = (request: FakeRequest) => FakeAnswer | Promise<FakeAnswer>;

/** The result of a request, around what it brought. */
export function resultIq(...children: readonly XmlElement[]): FakeAnswer {
  return ok(readerOf(el('iq', { type: 'result' }, children), 'jabber:client'));
}

/** A refusal as an entity sends it: the `<error/>` element. */
export function errorIq(error: XmlElement, condition?: string): FakeAnswer {
  return err({
    code: 'stanza-error',
    type: 'cancel',
    condition,
    text: '',
    application: undefined,
    legacyCode: undefined,
    element: error,
  });
}

/** What a server says where nobody listens. */
export function unavailable(): FakeAnswer {
  const xmlns = 'urn:ietf:params:xml:ns:xmpp-stanzas';
  const error = el('error', { type: 'cancel' }, [el('service-unavailable', { xmlns })]);
  return errorIq(error, 'service-unavailable');
}

/** A session without a network: the test answers requests and says what arrives. */
export class FakeSession implements ConnectableSession {
  readonly bareJid: string;
  readonly requests: FakeRequest[] = [];
  readonly sent: XmlElement[] = [];
  readonly handlers = new Map<string, IqHandler>();
  state: SessionState = { kind: 'offline' };
  answer: Answerer = unavailable;
  #wasOnline = false;
  readonly #events = new Emitter<SessionEvents>((cause) => {
    throw cause;
  });

  constructor(bareJid = 'admin@example.org') {
    this.bareJid = bareJid;
  }

  get fullJid(): string | undefined {
    return this.state.kind === 'online' ? this.state.jid : undefined;
  }

  get domain(): string {
    return this.bareJid.slice(this.bareJid.indexOf('@') + 1);
  }

  facts: SessionFacts | undefined;

  async request(
    to: string | undefined,
    type: 'get' | 'set',
    payload: XmlElement,
    options?: RequestOptions,
  ): Promise<FakeAnswer> {
    if (this.state.kind !== 'online') return err({ code: 'not-sent', because: 'offline' });
    const request = { to, type, payload, options };
    this.requests.push(request);
    return this.answer(request);
  }

  async send(stanza: XmlElement): Promise<Result<void, SendFailure>> {
    this.sent.push(stanza);
    return ok(undefined);
  }

  onIq(namespace: string, handler: IqHandler): Unsubscribe {
    this.handlers.set(namespace, handler);
    return () => this.handlers.delete(namespace);
  }

  on<Name extends keyof SessionEvents>(
    name: Name,
    listener: (event: SessionEvents[Name]) => void,
  ): Unsubscribe {
    return this.#events.on(name, listener);
  }

  async connect(): Promise<void> {
    this.#events.emit('authenticated', { mechanism: 'SCRAM-SHA-256' });
    this.become({ kind: 'online', jid: `${this.bareJid}/test`, resumed: false });
  }

  async disconnect(): Promise<void> {
    this.become({ kind: 'offline' });
  }

  networkChanged(): void {
    // There is no network.
  }

  suspended(): void {
    // Nor sleep.
  }

  woke(): void {
    // Nor waking.
  }

  become(state: SessionState): void {
    this.state = state;
    this.#events.emit('stateChanged', state);
    if (state.kind !== 'online' || state.resumed) return;
    if (this.#wasOnline) this.#events.emit('resynced', { jid: state.jid });
    this.#wasOnline = true;
  }

  /** A presence or message arrives. */
  receive(stanza: XmlElement): void {
    const reader = readerOf(stanza, 'jabber:client');
    if (stanza.name === 'presence') this.#events.emit('presence', reader);
    else this.#events.emit('message', reader);
  }
}
