import { err, ok, type Result } from '../../lib/result.ts';
import type { XmlElement } from '../element.ts';
import type { Expression, NodeTest, PathExpression, Step } from './expression.ts';
import { callFunction } from './functions.ts';
import {
  attributeNodes,
  childNodes,
  documentNode,
  localName,
  namespaceOf,
  type XPathNode,
} from './node.ts';
import { compare, isNodes, toTruth, type XPathValue } from './value.ts';

/** So many nodes may be looked at for one document: predicates in each other multiply. */
const MOST_LOOKED_AT = 500_000;

/** Where an expression is looked at: the node, and its place among those of its step, from 1. */
export interface Place {
  readonly node: XPathNode;
  readonly position: number;
  readonly size: number;
}

/** The document was looked at too often before the expression was worth something. */
export interface TooMuch {
  readonly code: 'too-much';
}

class Exhausted extends Error {}

type JoinedExpression = Extract<Expression, { readonly kind: 'and' | 'or' }>;

/** What an expression is worth for the document of an element. */
export function evaluateXPath(
  expression: Expression,
  root: XmlElement,
  mostLookedAt = MOST_LOOKED_AT,
): Result<XPathValue, TooMuch> {
  try {
    const node = documentNode(root);
    return ok(new Evaluation(node, mostLookedAt).value(expression, { node, position: 1, size: 1 }));
  } catch (cause) {
    if (cause instanceof Exhausted) return err({ code: 'too-much' });
    throw cause;
  }
}

/** Whether a document has what an expression looks for; not, where that would take too long. */
export function matchesXPath(expression: Expression, root: XmlElement): boolean {
  const value = evaluateXPath(expression, root);
  return value.ok && toTruth(value.value);
}

class Evaluation {
  readonly #document: XPathNode;
  // A node is the same object whichever way leads to it.
  readonly #elements = new Map<XPathNode, readonly XPathNode[]>();
  readonly #attributes = new Map<XPathNode, readonly XPathNode[]>();
  #left: number;

  constructor(document: XPathNode, mostLookedAt: number) {
    this.#document = document;
    this.#left = mostLookedAt;
  }

  value(expression: Expression, place: Place): XPathValue {
    switch (expression.kind) {
      case 'path':
        return this.#path(expression, place.node);
      case 'union':
        return this.#inOrder(expression.parts.flatMap((part) => this.#nodes(part, place)));
      case 'string':
      case 'number':
        return expression.value;
      case 'call':
        return callFunction(
          expression.name,
          expression.given.map((one) => this.value(one, place)),
          place,
        );
      case 'and':
      case 'or':
        return this.#joined(expression, place);
      case 'compare':
        return compare(
          expression.how,
          this.value(expression.left, place),
          this.value(expression.right, place),
        );
    }
  }

  #joined({ kind, left, right }: JoinedExpression, place: Place): boolean {
    const isFirst = this.#truth(left, place);
    return isFirst === (kind === 'or') ? isFirst : this.#truth(right, place);
  }

  #truth(expression: Expression, place: Place): boolean {
    return toTruth(this.value(expression, place));
  }

  #nodes(expression: Expression, place: Place): readonly XPathNode[] {
    const value = this.value(expression, place);
    return isNodes(value) ? value : [];
  }

  #path({ isAbsolute, steps }: PathExpression, from: XPathNode): readonly XPathNode[] {
    let nodes: readonly XPathNode[] = [isAbsolute ? this.#document : from];
    for (const step of steps) nodes = unique(nodes.flatMap((node) => this.#step(step, node)));
    const staysInOrder = steps.every(
      ({ axis }) => axis !== 'parent' && axis !== 'descendant-or-self',
    );
    return nodes.length < 2 || staysInOrder ? nodes : this.#inOrder(nodes);
  }

  #step(step: Step, from: XPathNode): readonly XPathNode[] {
    let nodes = this.#along(step.axis, from).filter((node) => passes(step.test, node, step.axis));
    for (const predicate of step.predicates) {
      const size = nodes.length;
      nodes = nodes.filter((node, index) => {
        const place = { node, position: index + 1, size };
        const value = this.value(predicate, place);
        return typeof value === 'number' ? value === place.position : toTruth(value);
      });
    }
    return nodes;
  }

  #along(axis: Step['axis'], from: XPathNode): readonly XPathNode[] {
    switch (axis) {
      case 'self':
        return this.#looked([from]);
      case 'parent':
        return this.#looked(from.parent ? [from.parent] : []);
      case 'attribute':
        return this.#attributesOf(from);
      case 'child':
        return this.#children(from);
      case 'descendant-or-self':
        return this.#descendants(from);
    }
  }

  #children(parent: XPathNode): readonly XPathNode[] {
    return this.#looked(made(this.#elements, parent, childNodes));
  }

  #descendants(from: XPathNode): readonly XPathNode[] {
    const found: XPathNode[] = [];
    const rest = [from];
    for (let one = rest.pop(); one; one = rest.pop()) {
      found.push(one);
      rest.push(...[...this.#children(one)].reverse());
    }
    return this.#looked(found);
  }

  #attributesOf(element: XPathNode): readonly XPathNode[] {
    return this.#looked(made(this.#attributes, element, attributeNodes));
  }

  /** The same nodes in the order of the document, each once; attributes stand with their element. */
  #inOrder(nodes: readonly XPathNode[]): readonly XPathNode[] {
    const wanted = new Set(nodes);
    const withAttributes = new Set(
      nodes.flatMap(({ kind, parent }) => (kind === 'attribute' ? [parent] : [])),
    );
    return this.#descendants(this.#document).flatMap((node) => {
      const attributes = withAttributes.has(node) ? this.#attributesOf(node) : [];
      return [node, ...attributes].filter((one) => wanted.has(one));
    });
  }

  #looked<T extends readonly XPathNode[]>(nodes: T): T {
    this.#left -= nodes.length + 1;
    if (this.#left < 0) throw new Exhausted();
    return nodes;
  }
}

function unique(nodes: readonly XPathNode[]): readonly XPathNode[] {
  return [...new Set(nodes)];
}

function made(
  known: Map<XPathNode, readonly XPathNode[]>,
  parent: XPathNode,
  make: (parent: XPathNode) => readonly XPathNode[],
): readonly XPathNode[] {
  const before = known.get(parent);
  if (before) return before;
  const nodes = make(parent);
  known.set(parent, nodes);
  return nodes;
}

function passes(test: NodeTest, node: XPathNode, axis: Step['axis']): boolean {
  if (test.kind === 'node') return true;
  if (test.kind === 'text') return node.kind === 'text';
  const isKind = node.kind === (axis === 'attribute' ? 'attribute' : 'element');
  if (!isKind || (test.local !== '*' && test.local !== localName(node))) return false;
  return test.namespace === undefined || test.namespace === namespaceOf(node);
}
