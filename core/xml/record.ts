import { err, ok, type Result } from '../lib/result.ts';
import { localNameOf } from './characters.ts';
import { el, type XmlElement } from './element.ts';
import { parsePath } from './path.ts';

/** What can be wrong with one value. */
export type FieldProblem =
  | { readonly code: 'missing' }
  | { readonly code: 'wrong-element'; readonly found: string }
  | { readonly code: 'not-an-integer'; readonly found: string }
  | {
      readonly code: 'out-of-range';
      readonly found: string;
      readonly min: number;
      readonly max: number;
    }
  | { readonly code: 'not-a-boolean'; readonly found: string }
  | { readonly code: 'not-a-choice'; readonly found: string; readonly choices: readonly string[] }
  | { readonly code: 'unknown-unit'; readonly found: string };

/** A value that cannot be read, and its path from the record's element. */
export interface FieldError {
  readonly path: string;
  readonly problem: FieldProblem;
}

/** A record that cannot be read. */
export interface RecordError extends FieldError {
  /** The name of the record's element. */
  readonly element: string;
}

/** One typed value in an element: where it lives, and how it is read and written. */
export interface Field<T> {
  readonly path: string;
  /** The record of the elements in it, when the field holds such. */
  readonly record?: AnyRecord;
  read(element: XmlElement): Result<T, FieldError>;
  /** Changes nothing when the element says that value already. */
  write(value: T, element: XmlElement, afterNames: readonly string[]): XmlElement;
}

export type FieldValue<F> = F extends Field<infer T> ? T : never;
export type Fields = Readonly<Record<string, Field<unknown>>>;
export type RecordValue<F extends Fields> = { readonly [K in keyof F]: FieldValue<F[K]> };
export type InferRecord<R> = R extends XmlRecord<infer F> ? RecordValue<F> : never;

/** A record whose fields need not be known. */
export interface AnyRecord {
  readonly name: string;
  readonly fields: Fields;
}

/** Says once where each value of an element lives; reading and writing follow from it. */
export class XmlRecord<F extends Fields> implements AnyRecord {
  readonly name: string;
  readonly fields: F;

  constructor(name: string, fields: F) {
    this.name = name;
    this.fields = fields;
  }

  read(element: XmlElement): Result<RecordValue<F>, RecordError> {
    if (localNameOf(element.name) !== this.name) {
      const problem = { code: 'wrong-element', found: element.name } as const;
      return err({ element: this.name, path: '.', problem });
    }
    const values: [string, unknown][] = [];
    for (const [key, field] of Object.entries(this.fields)) {
      const value = field.read(element);
      if (!value.ok) return err({ element: this.name, ...value.error });
      values.push([key, value.value]);
    }
    // Every key comes from the fields and each value from its own field.
    return ok(Object.fromEntries(values) as RecordValue<F>);
  }

  /** The element with these values in it, and all else in it as it was. */
  write(value: RecordValue<F>, element: XmlElement = el(this.name)): XmlElement {
    const names: string[] = [];
    let written = element;
    for (const [key, field] of Object.entries(this.fields)) {
      const [step] = parsePath(field.path).steps;
      if (step !== undefined) names.push(step);
      written = field.write(value[key], written, names);
    }
    return written;
  }
}
