import { el, type XmlElement } from '../../core/xml/element.ts';
import { childElements } from './element-access.ts';
import { NS } from './namespaces.ts';

export type ErrorType = 'auth' | 'cancel' | 'modify' | 'wait';

/** The defined conditions that this server answers with (RFC 6120 section 8.3.3) and their usual type. */
const ERROR_TYPES = {
  'bad-request': 'modify',
  conflict: 'cancel',
  'feature-not-implemented': 'cancel',
  forbidden: 'auth',
  'internal-server-error': 'cancel',
  'item-not-found': 'cancel',
  'jid-malformed': 'modify',
  'not-acceptable': 'modify',
  'not-allowed': 'cancel',
  'not-authorized': 'auth',
  'policy-violation': 'modify',
  'precondition-not-met': 'cancel',
  'remote-server-not-found': 'cancel',
  'service-unavailable': 'cancel',
  'unexpected-request': 'cancel',
} as const satisfies Record<string, ErrorType>;
export type ErrorCondition = keyof typeof ERROR_TYPES;

/** The numbers that clients before RFC 3920 look at (XEP-0086). */
const LEGACY_CODES: Partial<Record<ErrorCondition, string>> = {
  'bad-request': '400',
  conflict: '409',
  'feature-not-implemented': '501',
  forbidden: '403',
  'internal-server-error': '500',
  'item-not-found': '404',
  'jid-malformed': '400',
  'not-acceptable': '406',
  'not-allowed': '405',
  'not-authorized': '401',
  'remote-server-not-found': '404',
  'service-unavailable': '503',
};

/** Why a stanza is refused. */
export interface Refusal {
  readonly condition: ErrorCondition;
  /** What a protocol adds to the condition, such as `closed-node`. */
  readonly detail?: XmlElement;
  readonly text?: string;
}

export function refusal(condition: ErrorCondition, detail?: XmlElement): Refusal {
  return detail ? { condition, detail } : { condition };
}

/** The `<error/>` of a refused stanza. */
export function errorElement({ condition, detail, text }: Refusal): XmlElement {
  return el('error', { type: ERROR_TYPES[condition], code: LEGACY_CODES[condition] }, [
    el(condition, { xmlns: NS.stanzaErrors }),
    ...(text === undefined ? [] : [el('text', { xmlns: NS.stanzaErrors }, [text])]),
    ...(detail ? [detail] : []),
  ]);
}

/** The answer to an IQ that could be served. */
export function resultOf(request: XmlElement, children: readonly XmlElement[] = []): XmlElement {
  const { id, from, to } = request.attributes;
  return el('iq', { type: 'result', id, from: to, to: from }, children);
}

/** The error that answers any refused stanza, with what was refused in it. */
export function errorOf(request: XmlElement, refused: Refusal): XmlElement {
  const { id, from, to } = request.attributes;
  return el(request.name, { type: 'error', id, from: to, to: from }, [
    ...childElements(request),
    errorElement(refused),
  ]);
}

/** Whether an IQ asks for an answer; results and errors must never get one. */
export function asksForAnswer(stanza: XmlElement): boolean {
  const type = stanza.attributes['type'];
  return stanza.name === 'iq' && (type === 'get' || type === 'set');
}
