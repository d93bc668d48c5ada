import type { Expression, Step } from './expression.ts';

/**
 * Words that stand in the text of every document that an expression matches: where one is missing,
 * the document need not be read. Only what is certain is among them.
 */
export function requiredWords(expression: Expression): readonly string[] {
  switch (expression.kind) {
    case 'path':
      return expression.steps.flatMap(wordsOfStep);
    case 'and':
      return [...requiredWords(expression.left), ...requiredWords(expression.right)];
    case 'compare':
      return expression.how === '=' ? wordsOfPaths([expression.left, expression.right]) : [];
    default:
      return [];
  }
}

/** A comparison with no node at all is never true, unless a truth is compared with. */
function wordsOfPaths(sides: readonly Expression[]): readonly string[] {
  const isPlain = sides.every(({ kind }) => ['path', 'string', 'number'].includes(kind));
  return isPlain ? sides.filter(({ kind }) => kind === 'path').flatMap(requiredWords) : [];
}

function wordsOfStep({ test, predicates }: Step): readonly string[] {
  const inside = predicates.flatMap(requiredWords);
  return test.kind === 'name' && test.local !== '*' ? [test.local, ...inside] : inside;
}
