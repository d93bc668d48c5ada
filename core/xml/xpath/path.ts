import type { Expression, NodeTest, PathExpression, Step } from './expression.ts';
import type { TokenReader } from './token-reader.ts';
import type { Token } from './tokens.ts';

const ANY_NODE: NodeTest = { kind: 'node' };
const DESCENDANTS: Step = { axis: 'descendant-or-self', test: ANY_NODE, predicates: [] };

/** Reads a location path; `readInner` reads what stands in a predicate. */
export function parsePath(reader: TokenReader, readInner: () => Expression): PathExpression {
  const steps: Step[] = [];
  const isAbsolute = reader.isSign('/') || reader.isSign('//');
  if (reader.takeSign('/') && !startsStep(reader)) return { kind: 'path', isAbsolute, steps };
  if (reader.takeSign('//')) steps.push(DESCENDANTS);
  steps.push(parseStep(reader, readInner));
  for (;;) {
    if (reader.takeSign('//')) steps.push(DESCENDANTS);
    else if (!reader.takeSign('/')) return { kind: 'path', isAbsolute, steps };
    steps.push(parseStep(reader, readInner));
  }
}

function startsStep({ next }: TokenReader): boolean {
  return (
    next.kind === 'name' || (next.kind === 'sign' && ['@', '.', '..', '*'].includes(next.text))
  );
}

function parseStep(reader: TokenReader, readInner: () => Expression): Step {
  if (reader.takeSign('.')) return { axis: 'self', test: ANY_NODE, predicates: [] };
  if (reader.takeSign('..')) return { axis: 'parent', test: ANY_NODE, predicates: [] };
  const axis = reader.takeSign('@') ? 'attribute' : 'child';
  const test = parseTest(reader);
  const predicates: Expression[] = [];
  while (reader.takeSign('[')) {
    predicates.push(reader.within(readInner));
    reader.expectSign(']');
  }
  return { axis, test, predicates };
}

function parseTest(reader: TokenReader): NodeTest {
  if (reader.takeSign('*')) return { kind: 'name', local: '*', namespace: undefined };
  const { next, afterNext } = reader;
  if (next.kind !== 'name') throw reader.refusal('unexpected');
  if (afterNext?.kind === 'sign' && afterNext.text === '::') {
    throw reader.refusal('unsupported-axis');
  }
  const isNodeType = afterNext?.kind === 'sign' && afterNext.text === '(';
  if (!isNodeType) return nameTest(reader, next);
  reader.take();
  reader.expectSign('(');
  reader.expectSign(')');
  return next.text === 'text' ? { kind: 'text' } : ANY_NODE;
}

function nameTest(reader: TokenReader, { text, namespace: written }: Token): NodeTest {
  const colon = text.indexOf(':');
  const local = text.slice(colon + 1);
  const namespace = colon < 0 ? written : reader.namespaceOf(text.slice(0, colon));
  reader.take();
  return { kind: 'name', local, namespace };
}
