import { err, ok } from '../../lib/result.ts';
import type { ElementReader, XmlChild, XmlElement } from '../../xml/element.ts';
import { el } from '../../xml/element.ts';
import type { Part } from './part.ts';
import { unreadable } from './problem.ts';

function named(element: ElementReader, name: string): ElementReader[] {
  return element.children().filter((one) => one.name === name);
}

/** The first child element of that local name. */
export function child<T>(name: string, part: Part<T>): Part<T> {
  return {
    shape: { kind: 'child', name, content: part.shape },
    read: (element, path) => {
      const place = `${path}/${name}`;
      const found = named(element, name)[0];
      if (found === undefined) return err(unreadable(element.name, place, 'missing'));
      return part.read(found, place);
    },
    write: (value) => {
      const inner = part.write(value);
      return { attributes: {}, children: [el(name, inner.attributes, inner.children)] };
    },
  };
}

/** All child elements of that local name, in order. */
export function children<T>(name: string, part: Part<T>): Part<readonly T[]> {
  return {
    shape: { kind: 'children', name, content: part.shape },
    read: (element, path) => {
      const values: T[] = [];
      for (const [index, one] of named(element, name).entries()) {
        const value = part.read(one, `${path}/${name}[${index + 1}]`);
        if (!value.ok) return value;
        values.push(value.value);
      }
      return ok(values);
    },
    write: (values) => {
      const written = values.map((value) => part.write(value));
      return {
        attributes: {},
        children: written.map((inner) => el(name, inner.attributes, inner.children)),
      };
    },
  };
}

/** The namespace original agents put on XML that comes from libvirt; it means nothing. */
const PLACEHOLDER_NAMESPACE = 'http://www.gajim.org/xmlns/undeclared';

function isForeign(namespace: string | undefined): namespace is string {
  if (namespace === undefined || namespace === '') return false;
  return (
    namespace !== PLACEHOLDER_NAMESPACE &&
    namespace !== 'jabber:client' &&
    !namespace.startsWith('archipel:')
  );
}

/**
 * Copies a fragment of foreign XML out of a stanza. Namespaces that only came from the stanza are
 * dropped; others (qemu command lines, metadata) stay, declared where they begin. Layout between
 * elements is not kept: stanzas do not promise to carry it.
 */
export function copyFragment(element: ElementReader, inherited?: string): XmlElement {
  const own = isForeign(element.namespace) ? element.namespace : undefined;
  const attributes = Object.entries(element.attributes()).filter(([name]) => name !== 'xmlns');
  const begins = own === inherited ? {} : { xmlns: own ?? '' };
  const inner = element.children().map((one) => copyFragment(one, own));
  const text = element.text();
  const texts: XmlChild[] = text === '' || (inner.length > 0 && text.trim() === '') ? [] : [text];
  return el(element.name, { ...begins, ...Object.fromEntries(attributes) }, [...texts, ...inner]);
}

function withoutNamespace(element: XmlElement): XmlElement {
  const kept = Object.entries(element.attributes).filter(([name]) => name !== 'xmlns');
  return { ...element, attributes: Object.fromEntries(kept) };
}

/** A child element of that local name as it is: a libvirt document, carried without a look inside. */
export function fragment(name: string, doc: string): Part<XmlElement> {
  return {
    shape: { kind: 'fragment', name, doc },
    read: (element, path) => {
      const found = named(element, name)[0];
      if (found === undefined) return err(unreadable(element.name, `${path}/${name}`, 'missing'));
      return ok(copyFragment(found));
    },
    // An explicit xmlns on the root would reach libvirt by way of an original agent, and hide all children.
    write: (value) => ({ attributes: {}, children: [withoutNamespace(value)] }),
  };
}
