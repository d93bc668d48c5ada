import type { BareJid, Jid } from '../../core/domain/jid.ts';
import type { XmlElement } from '../../core/xml/element.ts';
import { childElements, namespaceOf } from './element-access.ts';
import type { Session } from './session.ts';
import { type ErrorCondition, type Refusal, refusal } from './stanza.ts';

/** An IQ that the server itself answers. */
export interface Request {
  /** The whole stanza, with `from` and `to`. */
  readonly stanza: XmlElement;
  readonly type: 'get' | 'set';
  /** What is asked: the one child. */
  readonly payload: XmlElement;
  readonly namespace: string;
  readonly from: Jid;
  readonly to: Jid;
  readonly session: Session;
}

/** The children of the result, or why there is none. */
export type Answer =
  | { readonly kind: 'result'; readonly children: readonly XmlElement[] }
  | { readonly kind: 'refused'; readonly refusal: Refusal };

export type RequestHandler = (request: Request) => Answer;

export function result(...children: readonly XmlElement[]): Answer {
  return { kind: 'result', children };
}

export function refused(condition: ErrorCondition, detail?: XmlElement): Answer {
  return { kind: 'refused', refusal: refusal(condition, detail) };
}

/** Handlers by the namespace of what is asked. */
export type RequestHandlers = ReadonlyMap<string, RequestHandler>;

/** Reads an IQ get or set; undefined when it does not hold exactly one thing. */
export function readRequest(
  stanza: XmlElement,
  from: Jid,
  to: Jid,
  session: Session,
): Request | undefined {
  const [payload, ...more] = childElements(stanza);
  const namespace = payload && namespaceOf(payload);
  if (!payload || namespace === undefined || more.length > 0) return undefined;
  const type = stanza.attributes['type'] === 'get' ? 'get' : 'set';
  return { stanza, type, payload, namespace, from, to, session };
}

/** Whether an account asks for its own data. */
export function isOwn(request: Request): boolean {
  const account: BareJid = request.from.bare;
  return request.to.bare === account;
}
