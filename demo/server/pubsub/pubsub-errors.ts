import { el } from '../../../core/xml/element.ts';
import { NS } from '../namespaces.ts';
import { type Answer, refused } from '../requests.ts';
import type { ErrorCondition } from '../stanza.ts';

/** A refusal with the condition that XEP-0060 adds to it. */
export function pubsubRefused(condition: ErrorCondition, detail: string): Answer {
  return refused(condition, el(detail, { xmlns: NS.pubsubErrors }));
}

/** The refusal of something that XEP-0060 has and this service has not. */
export function unsupported(feature: string): Answer {
  const detail = el('unsupported', { xmlns: NS.pubsubErrors, feature });
  return refused('feature-not-implemented', detail);
}
