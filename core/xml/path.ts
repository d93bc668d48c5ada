import {
  attributeOf,
  childrenNamed,
  textOf,
  withAttribute,
  withChild,
  withChildrenReplaced,
  withoutChild,
  withText,
} from './edit.ts';
import { el, type XmlElement } from './element.ts';

/**
 * Where a value lives, seen from an element: `source/@file` is an attribute of a child, `os/type` a
 * child's text, `@type` an own attribute, `.` the own text. Names are as written, and of several
 * elements with a name the first is meant.
 */
export interface XmlPath {
  readonly steps: readonly string[];
  readonly attribute: string | undefined;
}

// Paths are constants of the code, a few hundred of them, and each is walked for every document.
const PARSED = new Map<string, XmlPath>();

export function parsePath(path: string): XmlPath {
  const known = PARSED.get(path);
  if (known) return known;
  const parsed = parse(path);
  PARSED.set(path, parsed);
  return parsed;
}

function parse(path: string): XmlPath {
  const steps = path.split('/').filter((step) => step !== '.');
  const last = steps.at(-1);
  if (last?.startsWith('@') !== true) return { steps, attribute: undefined };
  return { steps: steps.slice(0, -1), attribute: last.slice(1) };
}

/** The element at the steps of a path, if it is there. */
export function elementAt(element: XmlElement, path: string): XmlElement | undefined {
  let found: XmlElement | undefined = element;
  for (const step of parsePath(path).steps) {
    found = found === undefined ? undefined : childrenNamed(found, step)[0];
  }
  return found;
}

/** The text or attribute at a path, if it is there. */
export function valueAt(element: XmlElement, path: string): string | undefined {
  const found = elementAt(element, path);
  const { attribute } = parsePath(path);
  if (found === undefined) return undefined;
  return attribute === undefined ? textOf(found) : attributeOf(found, attribute);
}

/**
 * The element with the text or attribute at a path set, or taken away when the value is undefined.
 * Elements on the way are made when missing, after the last sibling named in `afterNames`, and
 * taken away when nothing is left in them.
 */
export function withValueAt(
  element: XmlElement,
  path: string,
  value: string | undefined,
  afterNames: readonly string[] = [],
): XmlElement {
  const { steps, attribute } = parsePath(path);
  const name = steps.at(-1);
  if (name === undefined) {
    if (attribute !== undefined) return withAttribute(element, attribute, value);
    return withText(element, value ?? '');
  }
  return changedAt(element, steps, afterNames, (found) => {
    if (attribute === undefined) {
      return value === undefined ? undefined : withText(found ?? el(name), value);
    }
    if (found !== undefined) return withAttributeOrGone(found, attribute, value);
    return value === undefined ? undefined : el(name, { [attribute]: value });
  });
}

/** The element with the element at a path put there, replaced, or taken away. */
export function withElementAt(
  element: XmlElement,
  path: string,
  next: XmlElement | undefined,
  afterNames: readonly string[] = [],
): XmlElement {
  return changedAt(element, parsePath(path).steps, afterNames, () => next);
}

type Change = (found: XmlElement | undefined) => XmlElement | undefined;

function changedAt(
  element: XmlElement,
  steps: readonly string[],
  afterNames: readonly string[],
  change: Change,
): XmlElement {
  const [step, ...rest] = steps;
  if (step === undefined) throw new Error('A path to an element needs a step');
  const found = childrenNamed(element, step)[0];
  const next =
    rest.length === 0
      ? change(found)
      : unlessHollow(changedAt(found ?? el(step), rest, [], change), found);
  if (next === found) return element;
  if (found === undefined) {
    return next === undefined ? element : withChild(element, next, { afterNames });
  }
  return next === undefined
    ? withoutChild(element, found)
    : withChildrenReplaced(element, new Map([[found, next]]));
}

function withAttributeOrGone(
  element: XmlElement,
  attribute: string,
  value: string | undefined,
): XmlElement | undefined {
  const next = withAttribute(element, attribute, value);
  return value === undefined ? unlessHollow(next, element) : next;
}

/** Nothing, when a change left an element with neither attributes nor children. */
function unlessHollow(next: XmlElement, before: XmlElement | undefined): XmlElement | undefined {
  const isHollow = next.children.length === 0 && Object.keys(next.attributes).length === 0;
  return isHollow && next !== before ? undefined : next;
}
