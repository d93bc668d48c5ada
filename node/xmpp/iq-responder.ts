import { ok } from '../../core/lib/result.ts';
import { el, type ElementReader, type XmlElement } from '../../core/xml/element.ts';
import { toXmlElement } from './elements.ts';
import { NS } from './namespaces.ts';
import type { IncomingIq, IqAnswer, IqHandler, Unsubscribe } from './session-types.ts';
import { refuse } from './stanza-error.ts';

export interface IqResponderInput {
  readonly reply: (stanza: XmlElement) => void;
  readonly onThrown: (cause: unknown) => void;
}

/** Answers the requests of others: each gets exactly one answer, also where nobody handles it. */
export class IqResponder {
  readonly #input: IqResponderInput;
  readonly #handlers = new Map<string, IqHandler>();

  constructor(input: IqResponderInput) {
    this.#input = input;
    this.on(NS.ping, () => ok(undefined));
  }

  on(namespace: string, handler: IqHandler): Unsubscribe {
    if (this.#handlers.has(namespace)) throw new Error(`${namespace} has a handler already`);
    this.#handlers.set(namespace, handler);
    return () => this.#handlers.delete(namespace);
  }

  async receive(stanza: ElementReader): Promise<void> {
    const id = stanza.attribute('id') ?? '';
    const from = stanza.attribute('from');
    const [payload] = stanza.children();
    const answer = await this.#answer(stanza, payload);
    const attributes = { type: answer.ok ? 'result' : 'error', id, to: from };
    this.#input.reply(el('iq', attributes, contents(answer, payload)));
  }

  async #answer(stanza: ElementReader, payload: ElementReader | undefined): Promise<IqAnswer> {
    if (payload === undefined) return refuse('modify', 'bad-request');
    const handler = this.#handlers.get(payload.namespace ?? '');
    if (handler === undefined) return refuse('cancel', 'feature-not-implemented');
    try {
      return await handler(incoming(stanza, payload));
    } catch (cause) {
      this.#input.onThrown(cause);
      return refuse('cancel', 'internal-server-error');
    }
  }
}

function incoming(stanza: ElementReader, payload: ElementReader): IncomingIq {
  return {
    from: stanza.attribute('from') ?? '',
    to: stanza.attribute('to') ?? '',
    type: stanza.attribute('type') === 'set' ? 'set' : 'get',
    id: stanza.attribute('id') ?? '',
    payload,
  };
}

function contents(answer: IqAnswer, payload: ElementReader | undefined): XmlElement[] {
  if (answer.ok) return answer.value === undefined ? [] : [answer.value];
  const { error, echo = false } = answer.error;
  return echo && payload !== undefined ? [toXmlElement(payload), error] : [error];
}

/** Whether an `<iq/>` wants an answer, rather than being one. */
export function isRequest(iq: ElementReader): boolean {
  const type = iq.attribute('type');
  return type === 'get' || type === 'set';
}
