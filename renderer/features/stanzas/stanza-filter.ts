import type { StanzaRecord } from '../../../core/contract/stanzas.ts';
import { ok, type Result } from '../../../core/lib/result.ts';
import { parseXml } from '../../../core/xml/parse.ts';
import { matchesXPath } from '../../../core/xml/xpath/evaluate.ts';
import type { Expression, XPathProblem } from '../../../core/xml/xpath/expression.ts';
import { parseXPath } from '../../../core/xml/xpath/parse.ts';
import { requiredWords } from '../../../core/xml/xpath/required-words.ts';
import { STANZA_PREFIXES } from './stanza-prefixes.ts';

export interface StanzaFilter {
  /** Every word must be found somewhere. */
  readonly text: string;
  /** Empty: all kinds. */
  readonly kinds: ReadonlySet<StanzaRecord['kind']>;
  /** Empty: both. */
  readonly directions: ReadonlySet<StanzaRecord['direction']>;
  readonly errorsOnly: boolean;
  /** A part of the namespace. */
  readonly namespace: string;
  /** A part of the JID of either side. */
  readonly jid: string;
  /** An expression of our subset of XPath; empty: all. */
  readonly xpath: string;
}

export const NO_FILTER: StanzaFilter = {
  text: '',
  kinds: new Set(),
  directions: new Set(),
  errorsOnly: false,
  namespace: '',
  jid: '',
  xpath: '',
};

/** Whether a stanza is among what is looked for; an answer is found by its request as well. */
export type StanzaTest = (record: StanzaRecord, request?: StanzaRecord) => boolean;

/** Makes the test of a filter; undefined where the filter lets everything pass. */
export function compileFilter(filter: StanzaFilter): Result<StanzaTest | undefined, XPathProblem> {
  const xpath = filter.xpath.trim();
  const expression = xpath === '' ? undefined : parseXPath(xpath, STANZA_PREFIXES);
  if (expression?.ok === false) return expression;
  const tests = [
    ...plainTests(filter),
    ...(expression ? [(record: StanzaRecord) => hasXPath(record, expression.value)] : []),
  ];
  if (tests.length === 0) return ok(undefined);
  return ok((record, request) => tests.every((test) => test(record, request)));
}

/** The cheap ones first. */
function plainTests(filter: StanzaFilter): readonly StanzaTest[] {
  const { kinds, directions, errorsOnly } = filter;
  const [namespace, jid] = [filter.namespace.trim(), filter.jid.trim().toLowerCase()];
  const words = filter.text
    .split(/\s+/u)
    .filter((word) => word !== '')
    .map(wordPattern);
  const tests: readonly (StanzaTest | false)[] = [
    kinds.size > 0 && (({ kind }) => kinds.has(kind)),
    directions.size > 0 && (({ direction }) => directions.has(direction)),
    errorsOnly && (({ type }) => type === 'error'),
    namespace !== '' &&
      ((one, request) => [one, request].some((record) => record?.namespace.includes(namespace))),
    jid !== '' && (({ account, peer }) => `${account}\n${peer}`.toLowerCase().includes(jid)),
    words.length > 0 && ((one, request) => words.every((word) => hasWord(one, request, word))),
  ];
  return tests.filter((test) => test !== false);
}

/** A pattern is matched without making a copy in lower case of each stanza. */
function wordPattern(word: string): RegExp {
  return new RegExp(word.replaceAll(/[$()*+.?[\\\]^{|}]/gu, '\\$&'), 'iu');
}

function hasWord(one: StanzaRecord, request: StanzaRecord | undefined, word: RegExp): boolean {
  return [one, request].some((record) => {
    if (!record) return false;
    const { account, peer, namespace, action, cause, xml } = record;
    return (
      word.test(xml) || [account, peer, namespace, action, cause].some((part) => word.test(part))
    );
  });
}

const WORDS = new WeakMap<Expression, readonly string[]>();

function hasXPath({ xml }: StanzaRecord, expression: Expression): boolean {
  const words = WORDS.get(expression) ?? requiredWords(expression);
  WORDS.set(expression, words);
  if (!words.every((word) => xml.includes(word))) return false;
  const document = parseXml(xml);
  return document.ok && matchesXPath(expression, document.value.root);
}
