import type { ElementReader, XmlElement } from '../xml/element.ts';
import { el } from '../xml/element.ts';
import { carriable } from './codec/value.ts';
import type { Action, ActionFailure } from './define-action.ts';
import type { ErrorFacts, ProtocolErrorCode } from './errors.ts';
import { PROTOCOL_ERRORS } from './errors.ts';
import { firstChild } from './stanza-content.ts';

/** A refusal by an entity or a server. Plain data: it crosses processes. */
export interface ProtocolError {
  readonly code: ProtocolErrorCode;
  /** The number on the wire: of the platform, of libvirt, or of HTTP heritage (501); not always there. */
  readonly number?: number;
  readonly namespace?: string;
  readonly action?: string;
  /** What the other side said, in its own words, without the namespace and action it appends. */
  readonly text: string;
}

const PERMISSION = 'archipel-error-permission';
const GENERIC = 'archipel-error-generic';
const LIBVIRT = 'libvirt-error-generic';
const STANZAS = 'urn:ietf:params:xml:ns:xmpp-stanzas';

const FACTS = Object.entries(PROTOCOL_ERRORS) as readonly (readonly [
  ProtocolErrorCode,
  ErrorFacts,
])[];

function codeOf(accepts: (facts: ErrorFacts) => boolean): ProtocolErrorCode | undefined {
  return FACTS.find(([, facts]) => accepts(facts))?.[0];
}

function byText(text: string): ProtocolErrorCode | undefined {
  // A UUID that an original agent does not know is only repeated, as Python writes it.
  if (/^u'[^']*'$/.test(text)) return 'vm-unknown';
  return codeOf((facts) => 'says' in facts && facts.says.some((one) => text.includes(one)));
}

function byLibvirtNumber(number: number | undefined): ProtocolErrorCode {
  const exact =
    number === undefined
      ? undefined
      : codeOf((facts) => facts.kind === 'libvirt' && facts.number === number);
  return exact ?? 'libvirt-error';
}

interface Place {
  readonly namespace?: string;
  readonly action?: string;
}

function fits(facts: ErrorFacts, number: number, place: Place): boolean {
  if (facts.kind !== 'numbered' || facts.number !== number) return false;
  if (facts.namespace !== undefined && facts.namespace !== place.namespace) return false;
  return facts.actions.length === 0 || facts.actions.includes(place.action ?? '');
}

function byNumber(number: number, place: Place): ProtocolErrorCode | undefined {
  const here = codeOf((facts) => fits(facts, number, place));
  if (here !== undefined) return here;
  const sameNumber = FACTS.filter(
    ([, facts]) => facts.kind === 'numbered' && facts.number === number,
  );
  return sameNumber.length === 1 ? sameNumber[0]?.[0] : undefined;
}

function genericCode(text: string, number: number | undefined, place: Place): ProtocolErrorCode {
  const said = byText(text);
  if (said !== undefined) return said;
  if (number === undefined) return 'unknown-error';
  const numbered = byNumber(number, place);
  if (numbered !== undefined) return numbered;
  // A reboot that libvirt refuses comes in the generic class, with libvirt's positive number.
  return number > 0 ? byLibvirtNumber(number) : 'unknown-error';
}

function readCode(
  error: ElementReader,
  text: string,
  number: number | undefined,
  place: Place,
): ProtocolErrorCode {
  const names = error.children().map((one) => one.name);
  if (names.includes(PERMISSION)) return 'permission-denied';
  if (names.includes(LIBVIRT)) return byLibvirtNumber(number);
  if (names.includes(GENERIC)) return genericCode(text, number, place);
  const condition = codeOf((facts) => facts.kind === 'stanza' && names.includes(facts.condition));
  return condition ?? 'unknown-error';
}

/** Original agents append an empty line, the namespace and the action to what they say. */
function splitText(raw: string): { readonly text: string } & Place {
  const match = /^([\s\S]*?)\n\n([a-z][\w.-]*:[\w:.-]+)\n(\S+)\s*$/i.exec(raw);
  if (match === null) return { text: raw.trim() };
  const [, text = '', namespace = '', action = ''] = match;
  return { text: text.trim(), namespace, action };
}

function placeOf(iq: ElementReader, said: Place): Place {
  const query = firstChild(iq, 'query');
  const namespace = said.namespace ?? query?.namespace;
  const action = said.action ?? (query && firstChild(query, 'archipel')?.attribute('action'));
  return {
    ...(namespace === undefined ? {} : { namespace }),
    ...(action === undefined ? {} : { action }),
  };
}

/** What an iq of type error says. `asked` names what was asked, where that is known better than from the iq. */
export function readError(
  iq: ElementReader,
  asked?: { readonly namespace: string; readonly name: string },
): ProtocolError {
  const error = firstChild(iq, 'error');
  if (error === undefined) return { code: 'unknown-error', text: '' };
  const { text, ...said } = splitText(firstChild(error, 'text')?.text() ?? '');
  const place = asked ? { namespace: asked.namespace, action: asked.name } : placeOf(iq, said);
  const given = error.attribute('code');
  const number = given !== undefined && /^-?\d+$/.test(given) ? Number(given) : undefined;
  const code = readCode(error, text, number, place);
  return { code, ...(number === undefined ? {} : { number }), ...place, text };
}

function numberOf(failure: ActionFailure, action: Action | undefined): number {
  if (failure.number !== undefined) return failure.number;
  const facts: ErrorFacts = PROTOCOL_ERRORS[failure.code];
  if (facts.kind === 'permission' || facts.kind === 'numbered') return facts.number;
  if (facts.kind === 'libvirt' && facts.number !== undefined) return facts.number;
  const own: ErrorFacts | undefined = action && PROTOCOL_ERRORS[action.errors[0]];
  return own?.kind === 'numbered' ? own.number : -1;
}

function className(facts: ErrorFacts): string {
  if (facts.kind === 'permission') return PERMISSION;
  return facts.kind === 'libvirt' ? LIBVIRT : GENERIC;
}

function standardText(failure: ActionFailure, action: Action | undefined): string {
  const facts: ErrorFacts = PROTOCOL_ERRORS[failure.code];
  if (failure.text !== undefined) return failure.text;
  if (facts.kind === 'permission') {
    return `Cannot use '${action?.name ?? 'None'}': permission denied`;
  }
  return facts.kind === 'said' ? facts.says[0] : failure.code;
}

function stanzaError(condition: string, text: string | undefined): XmlElement {
  const said = text === undefined ? [] : [el('text', { xmlns: STANZAS }, [carriable(text)])];
  const code = condition === 'feature-not-implemented' ? '501' : undefined;
  return el('error', { code, type: 'cancel' }, [el(condition, { xmlns: STANZAS }), ...said]);
}

/**
 * The `<error>` that refuses a request, as original clients read it; it goes into an iq of type
 * error behind the echoed `<query>`. `action` is the one that failed, if it was recognised at all.
 */
export function writeError(failure: ActionFailure, action?: Action): XmlElement {
  const facts: ErrorFacts = PROTOCOL_ERRORS[failure.code];
  if (facts.kind === 'stanza') return stanzaError(facts.condition, failure.text);
  const name = className(facts);
  const text = standardText(failure, action);
  const suffix = action === undefined ? '' : `\n\n${action.namespace}\n${action.name}`;
  return el('error', { code: String(numberOf(failure, action)), type: 'cancel' }, [
    el(name, { xmlns: name.replaceAll('-', ':') }),
    el('text', {}, [carriable(`${text}${suffix}`)]),
  ]);
}
