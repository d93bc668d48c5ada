import type { Comparison } from './expression.ts';
import { stringOf, type XPathNode } from './node.ts';

/** What an expression is worth: nodes in the order of the document, or something plain. */
export type XPathValue = readonly XPathNode[] | string | number | boolean;

export function isNodes(value: XPathValue): value is readonly XPathNode[] {
  return typeof value === 'object';
}

export function toText(value: XPathValue): string {
  if (!isNodes(value)) return String(value);
  const [first] = value;
  return first ? stringOf(first) : '';
}

export function toNumber(value: XPathValue): number {
  if (typeof value === 'number') return value;
  if (typeof value === 'boolean') return Number(value);
  const text = toText(value).trim();
  return /^-?(?:\d+(?:\.\d*)?|\.\d+)$/u.test(text) ? Number(text) : Number.NaN;
}

export function toTruth(value: XPathValue): boolean {
  if (isNodes(value)) return value.length > 0;
  return typeof value === 'number' ? value !== 0 && !Number.isNaN(value) : Boolean(value);
}

/** Compares as XPath does: of nodes it is enough that one of them compares so. */
export function compare(how: Comparison, left: XPathValue, right: XPathValue): boolean {
  // Nodes and a truth: whether there are any.
  if (typeof left === 'boolean' || typeof right === 'boolean') {
    return comparePlain(
      how,
      isNodes(left) ? toTruth(left) : left,
      isNodes(right) ? toTruth(right) : right,
    );
  }
  const ones = isNodes(left) ? left.map(stringOf) : [left];
  const others = isNodes(right) ? right.map(stringOf) : [right];
  return ones.some((one) => others.some((other) => comparePlain(how, one, other)));
}

type Plain = string | number | boolean;

function comparePlain(how: Comparison, left: Plain, right: Plain): boolean {
  if (how === '=') return isSame(left, right);
  if (how === '!=') return !isSame(left, right);
  const [one, other] = [toNumber(left), toNumber(right)];
  if (how === '<') return one < other;
  if (how === '<=') return one <= other;
  return how === '>' ? one > other : one >= other;
}

function isSame(left: Plain, right: Plain): boolean {
  if (typeof left === 'boolean' || typeof right === 'boolean')
    return toTruth(left) === toTruth(right);
  if (typeof left === 'number' || typeof right === 'number')
    return toNumber(left) === toNumber(right);
  return left === right;
}
