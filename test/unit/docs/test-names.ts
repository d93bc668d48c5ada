import ts from 'typescript';

function isRunner(expression: ts.Expression): boolean {
  if (ts.isIdentifier(expression)) return expression.text === 'it' || expression.text === 'test';
  if (ts.isCallExpression(expression) || ts.isPropertyAccessExpression(expression)) {
    return isRunner(expression.expression);
  }
  return false;
}

/** The names that a file gives its tests, as written: with placeholders where a table fills them in. */
export function testNames(source: string): readonly string[] {
  const names: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && isRunner(node.expression)) {
      const [first] = node.arguments;
      if (first && ts.isStringLiteralLike(first)) names.push(first.text);
    }
    node.forEachChild(visit);
  };
  visit(ts.createSourceFile('tests.ts', source, ts.ScriptTarget.Latest));
  return names;
}

/** Whether a test written under this name can run under that one. */
export function canBeCalled(written: string, name: string): boolean {
  const literal = written
    .split(/%[a-z]|\$[\w.]+/u)
    .map((part) => part.replaceAll(/[\\^$.*+?()[\]{}|]/gu, '\\$&'));
  return new RegExp(`^${literal.join('.+')}$`, 'u').test(name);
}
