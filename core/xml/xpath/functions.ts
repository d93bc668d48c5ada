import type { FunctionName } from './expression.ts';
import { localName, namespaceOf, type XPathNode } from './node.ts';
import { isNodes, toNumber, toText, toTruth, type XPathValue } from './value.ts';

/** Where a function is called: the node, and its place among those of its step, from 1. */
interface CallPlace {
  readonly node: XPathNode;
  readonly position: number;
  readonly size: number;
}

type Call = (given: readonly XPathValue[], place: CallPlace) => XPathValue;

const CALLS: Readonly<Record<FunctionName, Call>> = {
  boolean: ([value = false]) => toTruth(value),
  concat: (given) => given.map(toText).join(''),
  contains: ([text = '', part = '']) => toText(text).includes(toText(part)),
  count: ([nodes = []]) => (isNodes(nodes) ? nodes.length : Number.NaN),
  false: () => false,
  last: (_, { size }) => size,
  'local-name': (given, place) => nameBy(given, place, localName),
  name: (given, place) => nameBy(given, place, ({ name }) => name),
  'namespace-uri': (given, place) => nameBy(given, place, namespaceOf),
  'normalize-space': (given, place) => textBy(given, place).trim().replaceAll(/\s+/gu, ' '),
  not: ([value = false]) => !toTruth(value),
  number: ([value], { node }) => toNumber(value ?? [node]),
  position: (_, { position }) => position,
  'starts-with': ([text = '', part = '']) => toText(text).startsWith(toText(part)),
  string: textBy,
  'string-length': (given, place) => Array.from(textBy(given, place)).length,
  true: () => true,
};

/** What a function makes of its arguments; those left out stand for the node that is looked at. */
export function callFunction(
  name: FunctionName,
  given: readonly XPathValue[],
  place: CallPlace,
): XPathValue {
  return CALLS[name](given, place);
}

function textBy([value]: readonly XPathValue[], { node }: CallPlace): string {
  return toText(value ?? [node]);
}

function nameBy(
  [value]: readonly XPathValue[],
  { node }: CallPlace,
  name: (node: XPathNode) => string,
): string {
  const nodes = value ?? [node];
  const first = isNodes(nodes) ? nodes[0] : undefined;
  return first ? name(first) : '';
}
