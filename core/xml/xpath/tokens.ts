import { err, ok, type Result } from '../../lib/result.ts';
import type { XPathProblem } from './expression.ts';

export interface Token {
  readonly kind: 'name' | 'string' | 'number' | 'sign' | 'end';
  /** As written; of a string what stands between its quotes. */
  readonly text: string;
  /** Of a name that is written `Q{namespace}name`. */
  readonly namespace?: string;
  readonly at: number;
}

const LONGEST = 2000;
const SPACE = /\s+/uy;
const SIGN = /\/\/|::|!=|<=|>=|\.\.|[/[\]()@,|=<>.*]/uy;
const NUMBER = /\d+(?:\.\d*)?|\.\d+/uy;
const STRING = /"([^"]*)"|'([^']*)'/uy;
const NAME_START = '[\\p{L}_]';
const NAME = `${NAME_START}[\\p{L}\\p{N}\\p{M}_.·-]*`;
const QUALIFIED = new RegExp(`(?:Q\\{([^{}]*)\\})?(${NAME}(?::(?!:)(?:${NAME}|\\*))?|\\*)`, 'uy');

/** Takes an expression apart; the last token is its end. */
export function readTokens(text: string): Result<readonly Token[], XPathProblem> {
  if (text.length > LONGEST) return err({ code: 'too-long', found: '', at: LONGEST });
  const tokens: Token[] = [];
  let at = 0;
  while (at < text.length) {
    const space = matchAt(SPACE, text, at);
    if (space) {
      at += space[0].length;
      continue;
    }
    const found = tokenAt(text, at);
    if (!found) return err({ code: 'unexpected', found: text.charAt(at), at });
    tokens.push(found.token);
    at += found.length;
  }
  return ok([...tokens, { kind: 'end', text: '', at: text.length }]);
}

function tokenAt(
  text: string,
  at: number,
): { readonly token: Token; readonly length: number } | undefined {
  const string = matchAt(STRING, text, at);
  if (string) {
    const [whole, double, single = ''] = string;
    return { token: { kind: 'string', text: double ?? single, at }, length: whole.length };
  }
  const number = matchAt(NUMBER, text, at);
  if (number) return { token: { kind: 'number', text: number[0], at }, length: number[0].length };
  const sign = matchAt(SIGN, text, at);
  if (sign) return { token: { kind: 'sign', text: sign[0], at }, length: sign[0].length };
  const name = matchAt(QUALIFIED, text, at);
  if (!name) return undefined;
  const [whole, namespace, local = ''] = name;
  const token = { kind: 'name', text: local, at } as const;
  return { token: namespace === undefined ? token : { ...token, namespace }, length: whole.length };
}

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}
