import type { ElementReader } from '../xml/element.ts';
import { findAction } from './all-actions.ts';
import { readRequestHead } from './request.ts';
import { firstChild } from './stanza-content.ts';

/** Why a request is not sent. */
export type SendingRefusal =
  /** It would harm the agent; `why` is for documentation and logs. */
  | { readonly code: 'harms-original-agent'; readonly why: string }
  /** An action of ours that this agent does not announce. */
  | { readonly code: 'not-announced'; readonly namespace: string };

/** What is known of the agent behind an entity; undefined until it answered disco#info. */
export interface KnownAgent {
  readonly generation: 'ours' | 'original';
  /** Namespaces it announces. */
  readonly features: readonly string[];
}

/**
 * Whether something stands against sending an action to an entity.
 * An agent that is not known yet is treated as an original one.
 */
export function refusalToSend(
  namespace: string,
  name: string,
  agent: KnownAgent | undefined,
): SendingRefusal | undefined {
  const action = findAction(namespace, name);
  if (action === undefined) return undefined;
  if (action.origin === 'ours' && agent?.features.includes(namespace) !== true) {
    return { code: 'not-announced', namespace };
  }
  if (action.harmful !== undefined && agent?.generation !== 'ours') {
    return { code: 'harms-original-agent', why: action.harmful };
  }
  return undefined;
}

/** The same for a stanza that somebody wrote by hand; undefined when it is no request of the platform. */
export function refusalToSendStanza(
  stanza: ElementReader,
  agent: KnownAgent | undefined,
): SendingRefusal | undefined {
  const query = firstChild(stanza, 'query');
  const head = query && readRequestHead(query);
  if (head?.ok !== true) return undefined;
  return refusalToSend(head.value.namespace, head.value.action, agent);
}
