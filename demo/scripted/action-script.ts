import type { BareJid } from '../../core/domain/jid.ts';
import { err, ok, type Result } from '../../core/lib/result.ts';
import { el, type ElementReader, type XmlElement } from '../../core/xml/element.ts';
import { readerOf } from '../../core/xml/reader.ts';
import type { Action, ActionFailure } from '../../core/protocol/define-action.ts';
import { writeError } from '../../core/protocol/error-stanza.ts';
import { NOT_IMPLEMENTED_TEXT } from '../../core/protocol/errors.ts';
import { writeReply } from '../../core/protocol/reply.ts';
import { readRequest, readRequestHead } from '../../core/protocol/request.ts';
import { childElements } from '../server/element-access.ts';
import { readJid } from '../server/jid-text.ts';

/** An action with what a script answers to it. */
export interface ScriptedAction {
  readonly action: Action;
  answer(query: ElementReader, asker: BareJid): Result<XmlElement, ActionFailure>;
}

/** Pairs an action with its answer. */
export function scripted<Request, Reply>(
  action: Action<Request, Reply>,
  run: (request: Request, asker: BareJid) => Result<Reply, ActionFailure>,
): ScriptedAction {
  return {
    action,
    answer: (query, asker) => {
      const request = readRequest(action, query);
      if (!request.ok) return err({ code: action.errors[0], text: request.error.path });
      const reply = run(request.value, asker);
      return reply.ok ? ok(writeReply(action, reply.value)) : reply;
    },
  };
}

/** What decides on a request besides the action itself. */
export interface ScriptRules {
  readonly actions: readonly ScriptedAction[];
  readonly mayUse: (asker: BareJid, action: Action) => boolean;
}

function decide(rules: ScriptRules, query: ElementReader, asker: BareJid): XmlElement {
  const head = readRequestHead(query);
  if (!head.ok) return writeError({ code: 'malformed-request', text: head.error.path });
  const { namespace, action: name } = head.value;
  const found = rules.actions.find(({ action }) => {
    return action.namespace === namespace && action.name === name;
  });
  if (!found) return writeError({ code: 'not-implemented', text: NOT_IMPLEMENTED_TEXT });
  if (!rules.mayUse(asker, found.action)) {
    return writeError({ code: 'permission-denied' }, found.action);
  }
  const answer = found.answer(query, asker);
  return answer.ok ? answer.value : writeError(answer.error, found.action);
}

/** Answers a platform request as an agent would, with the request echoed where it is refused. */
export function answerRequest(rules: ScriptRules, stanza: XmlElement): XmlElement | undefined {
  const query = childElements(stanza)[0];
  const { id, from, to } = stanza.attributes;
  const asker = readJid(from ?? '')?.bare;
  if (!query || !asker) return undefined;
  const answer = decide(rules, readerOf(query), asker);
  const isRefused = answer.name === 'error';
  const type = isRefused ? 'error' : 'result';
  return el('iq', { type, id, from: to, to: from }, isRefused ? [query, answer] : [answer]);
}
