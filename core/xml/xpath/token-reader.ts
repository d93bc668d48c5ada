import type { XPathProblem } from './expression.ts';
import type { Token } from './tokens.ts';

/** So deep may parentheses, predicates and calls stand in each other. */
const DEEPEST = 32;
const END: Token = { kind: 'end', text: '', at: 0 };

/** Thrown while an expression is read; never leaves `parseXPath`. */
export class XPathRefusal extends Error {
  readonly problem: XPathProblem;

  constructor(problem: XPathProblem) {
    super(problem.code);
    this.problem = problem;
  }
}

/** Walks over the tokens of an expression. */
export class TokenReader {
  readonly #tokens: readonly Token[];
  readonly #prefixes: Readonly<Record<string, string>>;
  #at = 0;
  #depth = 0;

  constructor(tokens: readonly Token[], prefixes: Readonly<Record<string, string>>) {
    this.#tokens = tokens;
    this.#prefixes = prefixes;
  }

  get next(): Token {
    return this.#tokens[this.#at] ?? END;
  }

  get afterNext(): Token | undefined {
    return this.#tokens[this.#at + 1];
  }

  take(): Token {
    const { next } = this;
    if (next.kind !== 'end') this.#at += 1;
    return next;
  }

  isSign(sign: string): boolean {
    return this.next.kind === 'sign' && this.next.text === sign;
  }

  takeSign(sign: string): boolean {
    if (!this.isSign(sign)) return false;
    this.take();
    return true;
  }

  expectSign(sign: string): void {
    if (!this.takeSign(sign)) throw this.refusal('unexpected');
  }

  /** Takes an operator that is written as a word; a name may be written the same elsewhere. */
  takeWord(word: string): boolean {
    if (this.next.kind !== 'name' || this.next.text !== word) return false;
    this.take();
    return true;
  }

  /** Reads something inside something else. */
  within<T>(read: () => T): T {
    this.#depth += 1;
    if (this.#depth > DEEPEST) throw this.refusal('too-deep');
    const inner = read();
    this.#depth -= 1;
    return inner;
  }

  namespaceOf(prefix: string): string {
    const namespace = Object.hasOwn(this.#prefixes, prefix) ? this.#prefixes[prefix] : undefined;
    if (namespace === undefined) throw this.refusal('unknown-prefix');
    return namespace;
  }

  /** What is wrong with the token that comes next. */
  refusal(code: XPathProblem['code']): XPathRefusal {
    const { kind, text: found, at } = this.next;
    const isUnfinished = kind === 'end' && code === 'unexpected';
    return new XPathRefusal({ code: isUnfinished ? 'unfinished' : code, found, at });
  }
}
