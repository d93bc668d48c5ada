import { el, type ElementReader, type XmlElement } from '../../core/xml/element.ts';
import { childOf, childText, toXmlElement } from './elements.ts';
import { NS } from './namespaces.ts';
import type { IqFailure } from './session-failure.ts';
import type { IqAnswer } from './session-types.ts';

export type StanzaErrorType = 'auth' | 'cancel' | 'continue' | 'modify' | 'wait';

export type StanzaFailure = Extract<IqFailure, { code: 'stanza-error' }>;

/** The codes of the days before RFC 6120, which original clients still read (XEP-0086). */
const LEGACY_CODES: Readonly<Record<string, string>> = {
  'bad-request': '400',
  forbidden: '403',
  'item-not-found': '404',
  'not-allowed': '405',
  'not-acceptable': '406',
  'internal-server-error': '500',
  'feature-not-implemented': '501',
  'service-unavailable': '503',
};

/** Builds an `<error/>` with a defined condition (RFC 6120 §8.3). */
export function stanzaError(type: StanzaErrorType, condition: string, text?: string): XmlElement {
  return el('error', { type, code: LEGACY_CODES[condition] }, [
    el(condition, { xmlns: NS.stanzaErrors }),
    ...(text === undefined ? [] : [el('text', { xmlns: NS.stanzaErrors }, [text])]),
  ]);
}

/** A handler's refusal with a defined condition. */
export function refuse(type: StanzaErrorType, condition: string, text?: string): IqAnswer {
  return { ok: false, error: { error: stanzaError(type, condition, text) } };
}

/** Reads the error of a stanza, standard or as original agents write it. */
export function readStanzaError(stanza: ElementReader): StanzaFailure {
  const error = childOf(stanza, 'error');
  return {
    code: 'stanza-error',
    type: error?.attribute('type') ?? 'cancel',
    ...readConditions(error?.children() ?? []),
    text: childText(error, 'text') ?? '',
    legacyCode: readLegacyCode(error?.attribute('code')),
    element: error === undefined ? el('error') : toXmlElement(error),
  };
}

function readConditions(
  children: readonly ElementReader[],
): Pick<StanzaFailure, 'condition' | 'application'> {
  const named = children.filter((child) => child.name !== 'text');
  const application = named.find((child) => child.namespace !== NS.stanzaErrors);
  return {
    condition: named.find((child) => child.namespace === NS.stanzaErrors)?.name,
    application: application && {
      name: application.name,
      namespace: application.namespace ?? '',
    },
  };
}

function readLegacyCode(text: string | undefined): number | undefined {
  return text !== undefined && /^-?\d{1,9}$/.test(text) ? Number(text) : undefined;
}
