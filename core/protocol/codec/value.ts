import type { Result } from '../../lib/result.ts';
import { err, ok } from '../../lib/result.ts';
import type { ReadProblemKind } from './problem.ts';
import type { ValueShape } from './shape.ts';

/** Turns one text of the wire (an attribute's value, an element's content) into a value and back. */
export interface ValueCodec<T> {
  readonly shape: ValueShape;
  read(text: string): Result<T, ReadProblemKind>;
  write(value: T): string;
}

const NOT_IN_XML = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu;

/** Drops the characters that XML 1.0 cannot carry, such as the escapes of coloured log lines. */
export function carriable(text: string): string {
  return text.replace(NOT_IN_XML, '');
}

/** Any text, also an empty one. */
export function text(): ValueCodec<string> {
  return { shape: { type: 'text', minLength: 0 }, read: (given) => ok(given), write: carriable };
}

/** A text with at least one character that is not white space. */
export function words(): ValueCodec<string> {
  return {
    shape: { type: 'text', minLength: 1 },
    read: (given) => (given.trim() === '' ? err('empty') : ok(given)),
    write: carriable,
  };
}

/** A whole number. Accepts blanks around it and a zero fraction (`2.0`), writes plain digits. */
export function integer(
  range: { readonly min?: number; readonly max?: number } = {},
): ValueCodec<number> {
  const min = range.min ?? Number.MIN_SAFE_INTEGER;
  const max = range.max ?? Number.MAX_SAFE_INTEGER;
  return {
    shape: { type: 'integer', min, max },
    read: (given) => {
      const trimmed = given.trim();
      if (!/^[+-]?\d+(?:\.0+)?L?$/.test(trimmed)) return err('not-an-integer');
      const value = Number.parseInt(trimmed, 10);
      return value < min || value > max ? err('out-of-range') : ok(value === 0 ? 0 : value);
    },
    write: (value) => String(value),
  };
}

/** A number that may have a fraction. */
export function decimal(
  range: { readonly min?: number; readonly max?: number } = {},
): ValueCodec<number> {
  const min = range.min ?? -1e15;
  const max = range.max ?? 1e15;
  return {
    shape: { type: 'decimal', min, max },
    read: (given) => {
      const trimmed = given.trim();
      if (!/^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/.test(trimmed)) return err('not-a-number');
      const value = Number(trimmed);
      return value < min || value > max ? err('out-of-range') : ok(value === 0 ? 0 : value);
    },
    write: (value) => String(value),
  };
}

const YES = new Set(['1', 'true', 'yes', 'y', 'oui', 'o', 'on']);
const NO = new Set(['0', 'false', 'no', 'n', 'non', 'off', 'none', '']);

function boolean(yes: string, no: string): ValueCodec<boolean> {
  return {
    shape: { type: 'boolean', yes, no },
    read: (given) => {
      const word = given.trim().toLowerCase();
      if (YES.has(word)) return ok(true);
      return NO.has(word) ? ok(false) : err('not-a-boolean');
    },
    write: (value) => (value ? yes : no),
  };
}

/** A boolean in Python's words, `True` and `False`, which original clients compare literally. */
export function pythonBoolean(): ValueCodec<boolean> {
  return boolean('True', 'False');
}

/** A boolean as `1` and `0`; the original agent parses some of these with `int`. */
export function digitBoolean(): ValueCodec<boolean> {
  return boolean('1', '0');
}

/** One of a few words, compared exactly. */
export function choice<const C extends string>(choices: readonly C[]): ValueCodec<C> {
  return {
    shape: { type: 'choice', choices },
    read: (given) => {
      const found = choices.find((one) => one === given.trim());
      return found === undefined ? err('not-a-choice') : ok(found);
    },
    write: (value) => value,
  };
}
