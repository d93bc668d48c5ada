import { err, ok } from '../lib/result.ts';
import {
  childrenNamed,
  withChild,
  withChildrenReplaced,
  withoutChild,
  type Anchor,
} from './edit.ts';
import { el, type XmlElement } from './element.ts';
import { matched } from './matching.ts';
import { elementAt, parsePath, withElementAt } from './path.ts';
import type { Field, FieldError, Fields, RecordError, RecordValue, XmlRecord } from './record.ts';

/** The record in the element at a path; undefined when it is not there. */
export function nested<F extends Fields>(
  path: string,
  record: XmlRecord<F>,
): Field<RecordValue<F> | undefined> {
  return {
    path,
    record,
    read: (element) => {
      const found = elementAt(element, path);
      if (found === undefined) return ok(undefined);
      const read = record.read(found);
      return read.ok ? read : err(within(path, read.error));
    },
    write: (value, element, afterNames) => {
      const found = elementAt(element, path);
      if (value === undefined) {
        return found === undefined ? element : withElementAt(element, path, undefined);
      }
      return withElementAt(element, path, record.write(value, found), afterNames);
    },
  };
}

/**
 * The records in all elements at a path, in their order. Written values find their old elements by
 * being equal, then by the key, then by place, so that what the record does not know stays with
 * the value it belongs to.
 */
export function list<F extends Fields>(
  path: string,
  record: XmlRecord<F>,
  key?: (value: RecordValue<F>) => unknown,
): Field<readonly RecordValue<F>[]> {
  const { steps } = parsePath(path);
  const parentPath = steps.slice(0, -1).join('/') || '.';
  const found = (element: XmlElement) => {
    const parent = elementAt(element, parentPath);
    return parent === undefined ? [] : childrenNamed(parent, record.name);
  };
  return {
    path,
    record,
    read: (element) => {
      const values: RecordValue<F>[] = [];
      for (const [index, child] of found(element).entries()) {
        const read = record.read(child);
        if (!read.ok) return err(within(`${path}[${index + 1}]`, read.error));
        values.push(read.value);
      }
      return ok(values);
    },
    write: (values, element, afterNames) => {
      const old = found(element);
      if (values.length === 0 && old.length === 0) return element;
      const parent = elementAt(element, parentPath) ?? el(steps.at(-2) ?? '');
      const read = old.map((child) => {
        const value = record.read(child);
        return value.ok ? value.value : undefined;
      });
      const sources = matched(values, read, key);
      const next = values.map((value, index) => {
        const source = old[sources[index] ?? -1];
        return { source, element: record.write(value, source) };
      });
      const written = withList(parent, old, next, { afterNames });
      return parentPath === '.' ? written : withElementAt(element, parentPath, written, afterNames);
    },
  };
}

interface Written {
  readonly source: XmlElement | undefined;
  readonly element: XmlElement;
}

/** The parent with the old elements gone or replaced in their places, and the new ones between. */
function withList(
  parent: XmlElement,
  old: readonly XmlElement[],
  next: readonly Written[],
  anchor: Anchor,
): XmlElement {
  const kept = next.filter(({ source }) => source !== undefined);
  const sources = new Set(kept.map(({ source }) => source));
  const slots = old.filter((child) => sources.has(child));
  const gone = old.filter((child) => !sources.has(child));
  const replacements = new Map(slots.map((slot, index) => [slot, kept[index]?.element ?? slot]));
  let written = withChildrenReplaced(gone.reduce(withoutChild, parent), replacements);
  for (const [index, { source, element }] of next.entries()) {
    if (source !== undefined) continue;
    const there = childrenNamed(written, element.name);
    const [previous, first] = [there[index - 1], there[0]];
    const beside = first === undefined ? anchor : { before: first };
    written = withChild(written, element, previous === undefined ? beside : { after: previous });
  }
  return written;
}

function within(path: string, { path: inner, problem }: RecordError): FieldError {
  return { path: inner === '.' ? path : `${path}/${inner}`, problem };
}
