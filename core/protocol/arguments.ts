import type { Result } from '../lib/result.ts';
import { err, ok } from '../lib/result.ts';
import type { XmlChild, XmlElement } from '../xml/element.ts';
import { el } from '../xml/element.ts';
import { readerOf } from '../xml/reader.ts';
import type { ReadProblem } from './codec/problem.ts';
import type { Shape, ValueShape } from './codec/shape.ts';
import type { Action } from './define-action.ts';

/** One thing that a person can give with an action. */
export interface ActionArgument {
  /** Its name in our words, not on the wire. */
  readonly name: string;
  readonly doc: string;
  readonly isRequired: boolean;
  /** May be given several times. */
  readonly isRepeated: boolean;
  readonly takes:
    | { readonly kind: 'value'; readonly value: ValueShape }
    | { readonly kind: 'xml'; readonly element: string }
    /** Several named values: `name=create,isGranted=1`. */
    | { readonly kind: 'group'; readonly arguments: readonly ActionArgument[] };
}

type Leaf = Extract<Shape, { kind: 'attribute' | 'content' | 'fragment' }>;

function leafArgument(name: string, shape: Leaf): ActionArgument {
  const takes: ActionArgument['takes'] =
    shape.kind === 'fragment'
      ? { kind: 'xml', element: shape.name }
      : { kind: 'value', value: shape.value };
  return { name, doc: shape.doc, isRequired: true, isRepeated: false, takes };
}

function argumentFor(name: string, shape: Shape): ActionArgument {
  switch (shape.kind) {
    case 'optional':
      return { ...argumentFor(name, shape.content), isRequired: false };
    case 'children':
      return { ...argumentFor(name, shape.content), isRepeated: true };
    case 'child':
      return argumentFor(name, shape.content);
    case 'record': {
      const inner = argumentsIn(shape);
      const [only, ...more] = inner;
      if (only !== undefined && more.length === 0) return { ...only, name };
      const doc = inner.map((one) => one.name).join(', ');
      const takes = { kind: 'group', arguments: inner } as const;
      return { name, doc, isRequired: true, isRepeated: false, takes };
    }
    case 'nothing':
      throw new Error(`${name} takes nothing`);
    default:
      return leafArgument(name, shape);
  }
}

function argumentsIn(shape: Shape): readonly ActionArgument[] {
  if (shape.kind !== 'record') return [];
  return Object.entries(shape.fields).map(([name, field]) => argumentFor(name, field));
}

/** What can be given with an action, in the order of its definition. */
export function argumentsOf(action: Action): readonly ActionArgument[] {
  return argumentsIn(action.request.shape);
}

/** Arguments as a person gives them; XML is given as an element. */
export type GivenArguments = Readonly<Record<string, readonly (string | XmlElement)[]>>;

/** Why given arguments are no input. */
export type ArgumentProblem =
  { readonly code: 'unknown-argument'; readonly name: string } | ReadProblem;

interface Placed {
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly XmlChild[];
}

const NOTHING: Placed = { attributes: {}, children: [] };

function groupOf(text: string): GivenArguments {
  const pairs = text.split(',').map((pair) => {
    const equals = pair.indexOf('=');
    return equals < 0 ? [pair, ''] : [pair.slice(0, equals).trim(), pair.slice(equals + 1)];
  });
  return Object.fromEntries(pairs.map(([name = '', value = '']) => [name, [value]]));
}

function placeRecord(
  shape: Extract<Shape, { kind: 'record' }>,
  given: readonly (string | XmlElement)[],
): Placed {
  const [first] = given;
  if (typeof first !== 'string') return NOTHING;
  const [only, ...more] = Object.entries(shape.fields);
  if (only !== undefined && more.length === 0) return place(only[1], given);
  const group = groupOf(first);
  return merged(Object.entries(shape.fields).map(([name, one]) => place(one, group[name] ?? [])));
}

function asText(given: string | XmlElement): string {
  return typeof given === 'string' ? given : '';
}

/** Puts what was given where the action's reader looks for it. */
function place(shape: Shape, given: readonly (string | XmlElement)[]): Placed {
  const [first] = given;
  if (first === undefined) return NOTHING;
  switch (shape.kind) {
    case 'optional':
      return place(shape.content, given);
    case 'attribute':
      return { ...NOTHING, attributes: { [shape.name]: asText(first) } };
    case 'content':
    case 'fragment':
      return { ...NOTHING, children: [first] };
    case 'child':
      return { ...NOTHING, children: [wrapped(shape, [first])] };
    case 'children':
      return { ...NOTHING, children: given.map((one) => wrapped(shape, [one])) };
    case 'record':
      return placeRecord(shape, given);
    case 'nothing':
      return NOTHING;
  }
}

function wrapped(
  shape: Extract<Shape, { kind: 'child' | 'children' }>,
  given: readonly (string | XmlElement)[],
): XmlElement {
  const inner = place(shape.content, given);
  return el(shape.name, inner.attributes, inner.children);
}

function merged(parts: readonly Placed[]): Placed {
  return {
    attributes: Object.fromEntries(parts.flatMap((one) => Object.entries(one.attributes))),
    children: parts.flatMap((one) => one.children),
  };
}

/** The input of an action out of arguments given as texts. */
export function inputFromArguments<Request>(
  action: Action<Request>,
  given: GivenArguments,
): Result<Request, ArgumentProblem> {
  const { shape } = action.request;
  if (shape.kind !== 'record') return err({ code: 'unknown-argument', name: '' });
  const unknown = Object.keys(given).find((name) => !Object.hasOwn(shape.fields, name));
  if (unknown !== undefined) return err({ code: 'unknown-argument', name: unknown });
  const parts = Object.entries(shape.fields).map(([name, one]) => place(one, given[name] ?? []));
  const { attributes, children } = merged(parts);
  const input = action.request.read(readerOf(el('archipel', attributes, children)), 'arguments');
  return input.ok ? ok(input.value) : input;
}
