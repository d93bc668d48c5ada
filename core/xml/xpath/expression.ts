/** Which nodes a step leads to, seen from where it stands. */
export type Axis = 'child' | 'descendant-or-self' | 'self' | 'parent' | 'attribute';

/** What a node must be for a step to take it. */
export type NodeTest =
  | {
      readonly kind: 'name';
      /** A local name, or `*`. */
      readonly local: string;
      /** Undefined: in whichever namespace. */
      readonly namespace: string | undefined;
    }
  | { readonly kind: 'text' }
  | { readonly kind: 'node' };

export interface Step {
  readonly axis: Axis;
  readonly test: NodeTest;
  readonly predicates: readonly Expression[];
}

export type Comparison = '=' | '!=' | '<' | '<=' | '>' | '>=';

export interface PathExpression {
  readonly kind: 'path';
  /** From the document, not from the node that is looked at. */
  readonly isAbsolute: boolean;
  readonly steps: readonly Step[];
}

/** An expression that has been read; what it is worth is found by `evaluateXPath`. */
export type Expression =
  | PathExpression
  | { readonly kind: 'union'; readonly parts: readonly Expression[] }
  | { readonly kind: 'string'; readonly value: string }
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'call'; readonly name: FunctionName; readonly given: readonly Expression[] }
  | { readonly kind: 'and' | 'or'; readonly left: Expression; readonly right: Expression }
  | {
      readonly kind: 'compare';
      readonly how: Comparison;
      readonly left: Expression;
      readonly right: Expression;
    };

/** The functions there are, each with how few and how many arguments it takes. */
export const FUNCTIONS = {
  boolean: [1, 1],
  concat: [2, 16],
  contains: [2, 2],
  count: [1, 1],
  false: [0, 0],
  last: [0, 0],
  'local-name': [0, 1],
  name: [0, 1],
  'namespace-uri': [0, 1],
  'normalize-space': [0, 1],
  not: [1, 1],
  number: [0, 1],
  position: [0, 0],
  'starts-with': [2, 2],
  string: [0, 1],
  'string-length': [0, 1],
  true: [0, 0],
} as const satisfies Readonly<Record<string, readonly [fewest: number, most: number]>>;

export type FunctionName = keyof typeof FUNCTIONS;

/** Why a text is no expression of the subset, and where. */
export interface XPathProblem {
  readonly code:
    | 'unexpected'
    | 'unfinished'
    | 'unknown-function'
    | 'wrong-arguments'
    | 'unknown-prefix'
    | 'unsupported-axis'
    | 'too-long'
    | 'too-deep';
  /** What stands there; empty at the end. */
  readonly found: string;
  /** Where, in characters from the beginning, counted from 0. */
  readonly at: number;
}
