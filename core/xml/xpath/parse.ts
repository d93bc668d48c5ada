import { err, ok, type Result } from '../../lib/result.ts';
import type { Comparison, Expression, FunctionName, XPathProblem } from './expression.ts';
import { FUNCTIONS } from './expression.ts';
import { parsePath } from './path.ts';
import { readTokens } from './tokens.ts';
import { TokenReader, XPathRefusal } from './token-reader.ts';

/** The namespaces that prefixes in an expression stand for. */
export type Prefixes = Readonly<Record<string, string>>;

const COMPARISONS: readonly string[] = ['=', '!=', '<', '<=', '>', '>='] satisfies Comparison[];

/**
 * Reads an expression of a subset of XPath 1.0: location paths of `/`, `//`, names, `*`, `@`, `.`,
 * `..`, `text()`, `node()` with predicates; `|`, `and`, `or`, comparisons, texts, numbers and the
 * functions of `FUNCTIONS`. There are no other axes, no arithmetic and no variables. Unlike in XPath,
 * a name without a prefix is one in any namespace; `Q{namespace}name` and prefixes want theirs.
 */
export function parseXPath(
  text: string,
  prefixes: Prefixes = {},
): Result<Expression, XPathProblem> {
  const tokens = readTokens(text);
  if (!tokens.ok) return tokens;
  const reader = new TokenReader(tokens.value, prefixes);
  try {
    const expression = parseOr(reader);
    if (reader.next.kind !== 'end') throw reader.refusal('unexpected');
    return ok(expression);
  } catch (cause) {
    if (cause instanceof XPathRefusal) return err(cause.problem);
    throw cause;
  }
}

function parseOr(reader: TokenReader): Expression {
  let left = parseAnd(reader);
  while (reader.takeWord('or')) left = { kind: 'or', left, right: parseAnd(reader) };
  return left;
}

function parseAnd(reader: TokenReader): Expression {
  let left = parseComparison(reader);
  while (reader.takeWord('and')) left = { kind: 'and', left, right: parseComparison(reader) };
  return left;
}

function parseComparison(reader: TokenReader): Expression {
  const left = parseUnion(reader);
  const { kind, text } = reader.next;
  if (kind !== 'sign' || !isComparison(text)) return left;
  reader.take();
  return { kind: 'compare', how: text, left, right: parseUnion(reader) };
}

function isComparison(text: string): text is Comparison {
  return COMPARISONS.includes(text);
}

function parseUnion(reader: TokenReader): Expression {
  const first = parsePrimary(reader);
  const parts = [first];
  while (reader.takeSign('|')) parts.push(parsePrimary(reader));
  return parts.length === 1 ? first : { kind: 'union', parts };
}

function parsePrimary(reader: TokenReader): Expression {
  const { next } = reader;
  if (next.kind === 'string') return { kind: 'string', value: reader.take().text };
  if (next.kind === 'number') return { kind: 'number', value: Number(reader.take().text) };
  if (reader.takeSign('(')) {
    const inner = reader.within(() => parseOr(reader));
    reader.expectSign(')');
    return inner;
  }
  return isCall(reader) ? parseCall(reader) : parsePath(reader, () => parseOr(reader));
}

/** `text()` and `node()` look like calls and are steps. */
function isCall({ next, afterNext }: TokenReader): boolean {
  const isOpened = afterNext?.kind === 'sign' && afterNext.text === '(';
  return next.kind === 'name' && isOpened && next.text !== 'text' && next.text !== 'node';
}

function parseCall(reader: TokenReader): Expression {
  const { text: name } = reader.next;
  if (!isFunction(name)) throw reader.refusal('unknown-function');
  const named = reader.refusal('wrong-arguments');
  reader.take();
  reader.expectSign('(');
  const given: Expression[] = [];
  while (!reader.takeSign(')')) {
    if (given.length > 0) reader.expectSign(',');
    given.push(reader.within(() => parseOr(reader)));
  }
  const [fewest, most] = FUNCTIONS[name];
  if (given.length < fewest || given.length > most) throw named;
  return { kind: 'call', name, given };
}

function isFunction(name: string): name is FunctionName {
  return Object.hasOwn(FUNCTIONS, name);
}
