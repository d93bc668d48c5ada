import { err, type Result } from '../../../../core/lib/result.ts';
import { el, type ElementReader, type XmlElement } from '../../../../core/xml/element.ts';
import { LtxReader, toLtx } from '../../../../node/xmpp/elements.ts';
import { Emitter } from '../../../../node/xmpp/emitter.ts';
import type { IqFailure, SendFailure } from '../../../../node/xmpp/session-failure.ts';
import type {
  IqAnswer,
  IqHandler,
  Session,
  SessionEvents,
  SessionFacts,
  SessionState,
  Unsubscribe,
} from '../../../../node/xmpp/session-types.ts';

interface Asked {
  readonly to: string | undefined;
  readonly type: 'get' | 'set';
  readonly payload: XmlElement;
}

/** Reads an element of ours as if it had come from the wire. */
export function wire(element: XmlElement): ElementReader {
  return new LtxReader(toLtx(element));
}

/** A session without a server: the test says what is answered and what comes. */
export class FakeSession implements Session {
  readonly bareJid = 'user@fake.test';
  readonly fullJid = 'user@fake.test/here';
  readonly domain = 'fake.test';
  facts: SessionFacts | undefined;
  state: SessionState = { kind: 'online', jid: this.fullJid, resumed: false };
  /** What the next request gets: the children of the result, or a failure. */
  answer: readonly XmlElement[] | IqFailure = [];
  readonly asked: Asked[] = [];
  readonly sent: XmlElement[] = [];
  readonly #handlers = new Map<string, IqHandler>();
  readonly #events = new Emitter<SessionEvents>((cause) => {
    throw cause;
  });

  async request(
    to: string | undefined,
    type: 'get' | 'set',
    payload: XmlElement,
  ): Promise<Result<ElementReader, IqFailure>> {
    this.asked.push({ to, type, payload });
    if ('code' in this.answer) return Promise.resolve(err(this.answer));
    const iq = el('iq', { type: 'result', xmlns: 'jabber:client' }, this.answer);
    return Promise.resolve({ ok: true, value: wire(iq) });
  }

  async send(stanza: XmlElement): Promise<Result<void, SendFailure>> {
    this.sent.push(stanza);
    return Promise.resolve({ ok: true, value: undefined });
  }

  onIq(namespace: string, handler: IqHandler): Unsubscribe {
    this.#handlers.set(namespace, handler);
    return () => this.#handlers.delete(namespace);
  }

  on<Name extends keyof SessionEvents>(
    name: Name,
    listener: (event: SessionEvents[Name]) => void,
  ): Unsubscribe {
    return this.#events.on(name, listener);
  }

  emit<Name extends keyof SessionEvents>(name: Name, event: SessionEvents[Name]): void {
    this.#events.emit(name, event);
  }

  /** A request of another entity. */
  async ask(from: string, type: 'get' | 'set', payload: XmlElement): Promise<IqAnswer> {
    const handler = this.#handlers.get(payload.attributes['xmlns'] ?? '');
    if (handler === undefined) throw new Error('nobody handles it');
    return handler({ from, to: this.fullJid, type, id: '1', payload: wire(payload) });
  }

  presence(from: string, type?: string, children: readonly XmlElement[] = []): void {
    const stanza = el('presence', { from, type, xmlns: 'jabber:client' }, children);
    this.emit('presence', wire(stanza));
  }
}
