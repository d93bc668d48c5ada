import type { Result } from '../../core/lib/result.ts';
import type { ElementReader, XmlElement } from '../../core/xml/element.ts';
import type { IqFailure, SendFailure } from '../../node/xmpp/session-failure.ts';
import type {
  IqHandler,
  RequestOptions,
  Session,
  SessionEvents,
  SessionFacts,
  SessionState,
  Unsubscribe,
} from '../../node/xmpp/session-types.ts';
import type { StanzaCause } from '../stanzas/stanza-causes.ts';
import type { RequestEngine } from './request-engine.ts';
import type { Priority } from './request-queue.ts';

/** A session whose requests go through the engine, so that roster, pubsub and the rest do, too. */
export class QueuedSession implements Session {
  readonly #session: Session;
  readonly #engine: Pick<RequestEngine, 'iq'>;
  readonly #cause: () => StanzaCause;
  readonly #priority: Priority;

  constructor(
    session: Session,
    engine: Pick<RequestEngine, 'iq'>,
    cause: () => StanzaCause,
    priority: Priority,
  ) {
    this.#session = session;
    this.#engine = engine;
    this.#cause = cause;
    this.#priority = priority;
  }

  get bareJid(): string {
    return this.#session.bareJid;
  }

  get fullJid(): string | undefined {
    return this.#session.fullJid;
  }

  get domain(): string {
    return this.#session.domain;
  }

  get state(): SessionState {
    return this.#session.state;
  }

  get facts(): SessionFacts | undefined {
    return this.#session.facts;
  }

  request(
    to: string | undefined,
    type: 'get' | 'set',
    payload: XmlElement,
    options: RequestOptions = {},
  ): Promise<Result<ElementReader, IqFailure>> {
    const { timeoutMs, signal } = options;
    return this.#engine.iq(to, type, payload, {
      cause: this.#cause(),
      priority: this.#priority,
      ...(timeoutMs === undefined ? {} : { timeoutMs }),
      ...(signal ? { signal } : {}),
    });
  }

  send(stanza: XmlElement): Promise<Result<void, SendFailure>> {
    return this.#session.send(stanza);
  }

  onIq(namespace: string, handler: IqHandler): Unsubscribe {
    return this.#session.onIq(namespace, handler);
  }

  on<Name extends keyof SessionEvents>(
    name: Name,
    listener: (event: SessionEvents[Name]) => void,
  ): Unsubscribe {
    return this.#session.on(name, listener);
  }
}
