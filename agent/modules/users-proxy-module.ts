import { err, type Result } from '../../core/lib/result.ts';
import type { Action, ActionFailure } from '../../core/protocol/define-action.ts';
import { readReply, type ReplyFailure } from '../../core/protocol/reply.ts';
import { writeRequest } from '../../core/protocol/request.ts';
import { xmppUserQuestions } from '../../core/protocol/xmpp-users.ts';
import { el, type ElementReader } from '../../core/xml/element.ts';
import { readerOf } from '../../core/xml/reader.ts';
import type { IqFailure } from '../../node/xmpp/session-failure.ts';
import type { AgentEntity } from '../entities/agent-entity.ts';
import { describeRefusal } from '../entities/describe-failure.ts';
import { serve, type ServedGroup } from '../entities/dispatcher.ts';

/** Shorter than clients wait for us, so that they hear why there is no answer. */
const TIMEOUT_MS = 15_000;
const UNKNOWN = 'Cannot find central agent to request. Set central_agent in section [XMPPSERVER]';
/** What servers say for those who are not there. */
const ABSENT = ['service-unavailable', 'recipient-unavailable', 'item-not-found'];

/** Passes questions about the users of the XMPP server on to the central agent, a full JID. */
export function usersProxyModule(
  hypervisor: () => AgentEntity,
  centralAgent: string | undefined,
): ServedGroup {
  const passOn = async <Request, Reply>(
    action: Action<Request, Reply>,
    request: Request,
  ): Promise<Result<Reply, ActionFailure>> => {
    if (centralAgent === undefined) return err({ code: 'central-agent-not-found', text: UNKNOWN });
    const payload = writeRequest(action, request);
    const options = { timeoutMs: TIMEOUT_MS };
    const answer = await hypervisor().ask(centralAgent, action.kind, payload, options);
    const iq = answer.ok ? answer.value : refusedBy(answer.error);
    if (!iq) return err(absent(centralAgent, answer));
    const reply = readReply(action, iq);
    return reply.ok ? reply : err(refusal(action, reply.error, hypervisor().jid));
  };
  const { list, filter, number } = xmppUserQuestions;
  return serve(xmppUserQuestions, {
    list: (request) => passOn(list, request),
    filter: (request) => passOn(filter, request),
    number: (request) => passOn(number, request),
  });
}

/** The refusal as the central agent sent it; undefined where it did not answer. */
function refusedBy(failure: IqFailure): ElementReader | undefined {
  if (failure.code !== 'stanza-error' || ABSENT.includes(failure.condition ?? '')) return undefined;
  return readerOf(el('iq', { type: 'error' }, [failure.element]), 'jabber:client');
}

function absent(centralAgent: string, answer: Result<unknown, IqFailure>): ActionFailure {
  const why = answer.ok ? '' : describeRefusal(answer.error);
  const text = `The central agent ${centralAgent} does not answer (${why}). Start it`;
  return { code: 'central-agent-not-found', text };
}

function refusal(action: Action, failure: ReplyFailure, own: string): ActionFailure {
  if (!('text' in failure)) {
    const text = `The answer of the central agent cannot be read: ${failure.path}`;
    return { code: action.errors[0], text };
  }
  if (failure.code === 'permission-denied') {
    // Who asks has the permission here; it is this hypervisor that lacks it there.
    const text = `Grant ${own} the permission ${action.permission ?? ''} on the central agent.`;
    return { code: action.errors[0], text };
  }
  const { code, text, number } = failure;
  return { code, text, ...(number === undefined ? {} : { number }) };
}
