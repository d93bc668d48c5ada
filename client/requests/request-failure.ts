import type { AppError } from '../../core/contract/app-error.ts';
import type { BareJid } from '../../core/domain/jid.ts';
import type { Action } from '../../core/protocol/define-action.ts';
import type { ProtocolError } from '../../core/protocol/error-stanza.ts';
import { PROTOCOL_ERRORS } from '../../core/protocol/errors.ts';
import type { ReplyFailure } from '../../core/protocol/reply.ts';
import type { IqFailure } from '../../node/xmpp/session-failure.ts';
import { given } from '../given.ts';

/** Whom a failure is about, in the words of the user. */
export interface FailureContext {
  readonly account: BareJid;
  /** The entity's name. */
  readonly entity: string;
  readonly timeoutMs: number;
}

export type LinkFailure = Exclude<IqFailure, { code: 'stanza-error' }>;

/** What a request that got no answer means to the user. */
export function linkError(failure: LinkFailure, context: FailureContext): AppError {
  const { entity } = context;
  switch (failure.code) {
    case 'not-sent':
      return { code: 'not-sent', entity };
    case 'disconnected':
      return { code: 'not-connected', jid: context.account };
    case 'timeout':
      return { code: 'timed-out', entity, seconds: Math.round(context.timeoutMs / 1000) };
    case 'cancelled':
      return { code: 'cancelled' };
    case 'unknown-outcome':
      return { code: 'outcome-unknown', entity };
  }
}

/** What every agent says; any other text is the reason why its module is not loaded. */
const STANDARD_501 = /^$|feature requested is not implemented/i;
const AWAY = new Set(['service-unavailable', 'recipient-unavailable', 'item-not-found']);

/** What an answer that refuses, or cannot be read, means to the user. */
export function replyError(
  failure: ReplyFailure,
  action: Pick<Action, 'namespace' | 'name' | 'permission'>,
  entity: string,
): AppError {
  if (failure.code === 'unreadable') {
    return { code: 'damaged-reply', entity, detail: `${failure.path}: ${failure.problem}` };
  }
  const { namespace, name } = action;
  const facts = PROTOCOL_ERRORS[failure.code];
  if (facts.kind === 'permission') {
    return { code: 'denied', entity, permission: action.permission ?? name };
  }
  if (facts.kind === 'stanza' && facts.condition === 'feature-not-implemented') {
    const reason = STANDARD_501.test(failure.text) ? undefined : failure.text;
    return { code: 'unsupported', entity, namespace, action: name, ...given({ reason }) };
  }
  if (facts.kind === 'stanza' && AWAY.has(facts.condition)) return { code: 'offline', entity };
  return {
    code: 'refused',
    entity,
    namespace,
    action: name,
    class: classOf(failure),
    number: failure.number ?? 0,
    text: failure.text,
    meaning: failure.code,
  };
}

function classOf(failure: ProtocolError): 'generic' | 'libvirt' | 'xmpp' {
  const { kind } = PROTOCOL_ERRORS[failure.code];
  if (kind === 'libvirt') return 'libvirt';
  return kind === 'stanza' ? 'xmpp' : 'generic';
}
