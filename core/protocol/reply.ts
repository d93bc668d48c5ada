import type { Result } from '../lib/result.ts';
import { err } from '../lib/result.ts';
import type { ElementReader, XmlElement } from '../xml/element.ts';
import { el } from '../xml/element.ts';
import type { ReadProblem } from './codec/problem.ts';
import { unreadable } from './codec/problem.ts';
import type { Action } from './define-action.ts';
import type { ProtocolError } from './error-stanza.ts';
import { readError } from './error-stanza.ts';
import { replyContent } from './stanza-content.ts';

/** Why a request brought no value: refused by the other side, or answered in a way we cannot read. */
export type ReplyFailure = ProtocolError | ReadProblem;

const NOTHING: ElementReader = {
  name: 'query',
  namespace: undefined,
  attribute: () => undefined,
  attributes: () => ({}),
  children: () => [],
  text: () => '',
};

/** The `<query>` that answers an action; it goes into an iq of type result. */
export function writeReply<Reply>(action: Action<unknown, Reply>, reply: Reply): XmlElement {
  const { attributes, children } = action.reply.write(reply);
  return el('query', { xmlns: action.namespace, ...attributes }, children);
}

/** The value in the iq that answers an action, or why there is none. */
export function readReply<Reply>(
  action: Action<unknown, Reply>,
  iq: ElementReader,
): Result<Reply, ReplyFailure> {
  const type = iq.attribute('type');
  // Original agents answer with type "ignore" when the machine is not defined; it means an empty result.
  if (type === 'result' || type === 'ignore') {
    return action.reply.read(replyContent(iq), 'query');
  }
  if (type !== 'error') return err(unreadable(iq.name, 'iq/@type', 'not-a-choice', type ?? ''));
  const error = readError(iq, action);
  // Servers bounce that "ignore", and the agent then misreads the bounce as a request of its own.
  if (action.bouncesWhenUndefined === true && error.code === 'malformed-request') {
    return action.reply.read(NOTHING, 'query');
  }
  return err(error);
}
