import { findAction } from './all-actions.ts';

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
 * Whether something stands against sending an action to an entity; raw stanzas ask as well.
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
