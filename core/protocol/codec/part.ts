import type { Result } from '../../lib/result.ts';
import { err, ok } from '../../lib/result.ts';
import type { ElementReader, XmlChild } from '../../xml/element.ts';
import type { ReadProblem } from './problem.ts';
import { unreadable } from './problem.ts';
import type { Shape } from './shape.ts';
import type { ValueCodec } from './value.ts';

/** What a part adds to the element it lives in. */
export interface Content {
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly XmlChild[];
}

/** A typed part of an element: an attribute, the text, child elements, or a record of those. */
export interface Part<T> {
  readonly shape: Shape;
  /** Reads leniently; `path` names `element` in problems. */
  read(element: ElementReader, path: string): Result<T, ReadProblem>;
  write(value: T): Content;
}

/** A part that may be absent. */
export interface OptionalPart<T> extends Part<T | undefined> {
  readonly isOptional: true;
}

export type PartValue<P> = P extends {
  read(element: ElementReader, path: string): Result<infer T, ReadProblem>;
}
  ? T
  : never;

export type Fields = Readonly<Record<string, Part<unknown>>>;

type OptionalKeys<F extends Fields> = {
  [K in keyof F]: F[K] extends OptionalPart<unknown> ? K : never;
}[keyof F];

/** The value of a record of parts; parts that may be absent become optional properties. */
export type RecordOf<F extends Fields> = {
  readonly [K in Exclude<keyof F, OptionalKeys<F>>]: PartValue<F[K]>;
} & { readonly [K in OptionalKeys<F>]?: PartValue<F[K]> };

const EMPTY: Content = { attributes: {}, children: [] };

/** No content at all; reading ignores whatever is there. */
export const nothing: Part<undefined> = {
  shape: { kind: 'nothing' },
  read: () => ok(undefined),
  write: () => EMPTY,
};

/** An attribute of the element. `doc` says what it is, with its unit. */
export function attribute<T>(name: string, codec: ValueCodec<T>, doc: string): Part<T> {
  return {
    shape: { kind: 'attribute', name, value: codec.shape, doc },
    read: (element, path) => {
      const place = `${path}/@${name}`;
      const given = element.attribute(name);
      if (given === undefined) return err(unreadable(element.name, place, 'missing'));
      const value = codec.read(given);
      return value.ok ? value : err(unreadable(element.name, place, value.error, given));
    },
    write: (value) => ({ attributes: { [name]: codec.write(value) }, children: [] }),
  };
}

/** The text directly inside the element. */
export function content<T>(codec: ValueCodec<T>, doc: string): Part<T> {
  return {
    shape: { kind: 'content', value: codec.shape, doc },
    read: (element, path) => {
      const given = element.text();
      const value = codec.read(given);
      return value.ok ? value : err(unreadable(element.name, path, value.error, given));
    },
    write: (value) => {
      const written = codec.write(value);
      return { attributes: {}, children: written === '' ? [] : [written] };
    },
  };
}

function isAbsent(problem: ReadProblem): boolean {
  // Python agents write None, or nothing at all, where they have no value.
  return problem.problem === 'missing' || problem.found === 'None' || problem.found === '';
}

/** A part that may be absent, be empty, or be Python's `None`. Anything else unreadable stays a problem. */
export function optional<T>(part: Part<T>): OptionalPart<T> {
  return {
    isOptional: true,
    shape: { kind: 'optional', content: part.shape },
    read: (element, path) => {
      const value = part.read(element, path);
      if (value.ok || !isAbsent(value.error)) return value;
      return ok(undefined);
    },
    write: (value) => (value === undefined ? EMPTY : part.write(value)),
  };
}

/** Several parts of the same element under names of their own. */
export function record<const F extends Fields>(fields: F): Part<RecordOf<F>> {
  const entries = Object.entries(fields);
  const shapes = entries.map(([key, part]) => [key, part.shape] as const);
  return {
    shape: { kind: 'record', fields: Object.fromEntries(shapes) },
    read: (element, path) => {
      const values: Record<string, unknown> = {};
      for (const [key, part] of entries) {
        const value = part.read(element, path);
        if (!value.ok) return value;
        if (value.value !== undefined) values[key] = value.value;
      }
      return ok(values as RecordOf<F>);
    },
    write: (value) => {
      const given: Readonly<Record<string, unknown>> = value;
      const written = entries.map(([key, part]) => part.write(given[key]));
      return {
        attributes: Object.assign({}, ...written.map((one) => one.attributes)) as Record<
          string,
          string
        >,
        children: written.flatMap((one) => one.children),
      };
    },
  };
}
