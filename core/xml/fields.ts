import { err, ok, type Result } from '../lib/result.ts';
import { isBlank } from './characters.ts';
import { el } from './element.ts';
import { elementAt, valueAt, withElementAt, withValueAt } from './path.ts';
import type { Field, FieldError, FieldProblem } from './record.ts';

/** Any text; undefined when it is not there. */
export function text(path: string): Field<string | undefined> {
  return scalar(
    path,
    (found) => ok(found),
    (value) => value,
  );
}

/** A whole number; undefined when it is not there or blank. */
export function integer(
  path: string,
  { min = Number.MIN_SAFE_INTEGER, max = Number.MAX_SAFE_INTEGER } = {},
): Field<number | undefined> {
  const decode = (found: string | undefined): Result<number | undefined, FieldProblem> => {
    if (found === undefined || isBlank(found)) return ok(undefined);
    if (!/^[+-]?[0-9]+$/.test(found.trim())) return err({ code: 'not-an-integer', found });
    const value = Number(found);
    return value < min || value > max ? err({ code: 'out-of-range', found, min, max }) : ok(value);
  };
  return scalar(path, decode, (value) => value?.toString());
}

/** libvirt's `yes` or `no`; undefined when it is not there. */
export function yesNo(path: string): Field<boolean | undefined> {
  return scalar(path, decodeYesNo, (value) => (value === undefined ? undefined : YES_NO[+value]));
}

const YES_NO = ['no', 'yes'] as const;

function decodeYesNo(found: string | undefined): Result<boolean | undefined, FieldProblem> {
  if (found === undefined) return ok(undefined);
  if (found === 'yes' || found === 'no') return ok(found === 'yes');
  return err({ code: 'not-a-boolean', found });
}

/** True when an element is there, whatever it holds: `<readonly/>`. */
export function flag(path: string): Field<boolean> {
  return {
    path,
    read: (element) => ok(elementAt(element, path) !== undefined),
    write: (value, element, afterNames) => {
      const found = elementAt(element, path);
      if (value === (found !== undefined)) return element;
      const name = path.slice(path.lastIndexOf('/') + 1);
      return withElementAt(element, path, value ? el(name) : undefined, afterNames);
    },
  };
}

/** One of some words and nothing else. `absent` is what libvirt takes when it is not there. */
export function choice<const T extends string>(
  path: string,
  choices: readonly T[],
  absent?: NoInfer<T>,
): Field<T> {
  const decode = (found: string | undefined): Result<T, FieldProblem> => {
    if (found === undefined) return absent === undefined ? err({ code: 'missing' }) : ok(absent);
    const known = choices.find((one) => one === found);
    return known === undefined ? err({ code: 'not-a-choice', found, choices }) : ok(known);
  };
  return scalar(path, decode, (value) => value);
}

/** A word that one of the known ones may be; any other, of a newer libvirt, is kept. */
export type OpenChoice<T extends string> = T | (string & {});

/** A field that offers its known words. */
export interface OpenChoiceField<T extends string> extends Field<OpenChoice<T> | undefined> {
  readonly choices: readonly T[];
}

/** One of some words or another that came with the element; undefined when it is not there. */
export function openChoice<const T extends string>(
  path: string,
  choices: readonly T[],
): OpenChoiceField<T> {
  return { ...text(path), choices };
}

/** A field that must be there. */
export function required<T>(field: Field<T>): Field<Exclude<T, undefined>> {
  return {
    ...field,
    read: (element) => {
      const read = field.read(element);
      if (!read.ok) return read;
      if (read.value === undefined) return fault(field.path, { code: 'missing' });
      return ok(read.value as Exclude<T, undefined>);
    },
  };
}

/** A value that is one text, read and written by a pair of functions. */
function scalar<T>(
  path: string,
  decode: (found: string | undefined) => Result<T, FieldProblem>,
  encode: (value: T) => string | undefined,
): Field<T> {
  return {
    path,
    read: (element) => {
      const decoded = decode(valueAt(element, path));
      return decoded.ok ? decoded : fault(path, decoded.error);
    },
    write: (value, element, afterNames) => {
      const old = decode(valueAt(element, path));
      // What says the same in another way, such as +1 or a default, stays as it is.
      if (old.ok && old.value === value) return element;
      return withValueAt(element, path, encode(value), afterNames);
    },
  };
}

export function fault(
  path: string,
  problem: FieldProblem,
): { readonly ok: false; readonly error: FieldError } {
  return err({ path, problem });
}

/** The path of a value beside another: the attribute of the element that a path leads to. */
export function attributeBeside(path: string, attribute: string): string {
  return path === '.' ? `@${attribute}` : `${path}/@${attribute}`;
}
