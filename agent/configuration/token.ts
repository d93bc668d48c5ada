import { parseJid } from '../../core/domain/jid.ts';
import { err, ok, type Result } from '../../core/lib/result.ts';

/** What a token holds: how its text becomes a value, and what stands in when it is absent. */
export interface Token<T> {
  /** The text used when the token is absent; references are resolved in it. Undefined: none. */
  readonly fallback: string | undefined;
  readonly isRequired: boolean;
  /** What it is for, in half a sentence, with its unit. */
  readonly doc: string;
  /** The value of a text, or what it should have been. */
  readonly read: (text: string) => Result<T, string>;
}

type ValueOf<K> = K extends Token<infer T> ? T : never;

export type TokenTable = Readonly<Record<string, Readonly<Record<string, Token<unknown>>>>>;

/** The values of a table of tokens, section by section. */
export type ValuesOf<T extends TokenTable> = {
  readonly [S in keyof T]: { readonly [O in keyof T[S]]: ValueOf<T[S][O]> };
};

const asText = (text: string): Result<string, string> => ok(text);

/** A text with a default. */
export function text(fallback: string, doc: string): Token<string> {
  return { fallback, isRequired: false, doc, read: asText };
}

/** A text that must be given: there is no sensible default. */
export function needed(doc: string): Token<string> {
  return { fallback: undefined, isRequired: true, doc, read: asText };
}

/** The bare JID of an account. */
export function account(fallback: string, doc: string): Token<string> {
  const read = (given: string): Result<string, string> => {
    const jid = parseJid(given);
    return jid?.node === undefined || jid.resource !== undefined
      ? err('a JID without resource, such as name@domain')
      : ok(jid.bare);
  };
  return { fallback, isRequired: false, doc, read };
}

/** The JID of a session, which may be absent. */
export function session(doc: string): Token<string | undefined> {
  const read = (given: string): Result<string, string> => {
    const jid = parseJid(given);
    return jid?.node === undefined || jid.resource === undefined
      ? err('a JID with its resource, such as name@domain/machine')
      : ok(`${jid.bare}/${jid.resource}`);
  };
  return { fallback: undefined, isRequired: false, doc, read };
}

/** A text that may be absent. */
export function maybe(doc: string): Token<string | undefined> {
  return { fallback: undefined, isRequired: false, doc, read: asText };
}

const BOOLEANS: Readonly<Record<string, boolean>> = {
  1: true,
  yes: true,
  true: true,
  on: true,
  0: false,
  no: false,
  false: false,
  off: false,
};

export function flag(fallback: boolean, doc: string): Token<boolean> {
  const read = (given: string): Result<boolean, string> => {
    const value = BOOLEANS[given.toLowerCase()];
    return value === undefined ? err('yes or no') : ok(value);
  };
  return { fallback: String(fallback), isRequired: false, doc, read };
}

export function count(fallback: number, doc: string): Token<number> {
  const read = (given: string): Result<number, string> =>
    /^\d{1,15}$/u.test(given) ? ok(Number(given)) : err('a whole number');
  return { fallback: String(fallback), isRequired: false, doc, read };
}

/** Words with white space between them. */
export function list(fallback: string, doc: string): Token<readonly string[]> {
  const read = (given: string): Result<readonly string[], string> =>
    ok(given.split(/\s+/u).filter((word) => word !== ''));
  return { fallback, isRequired: false, doc, read };
}

export function oneOf<const C extends string>(
  choices: readonly C[],
  fallback: C,
  doc: string,
): Token<C> {
  const read = (given: string): Result<C, string> => {
    const value = choices.find((choice) => choice === given.toLowerCase());
    return value === undefined ? err(choices.join(', ')) : ok(value);
  };
  return { fallback, isRequired: false, doc, read };
}
