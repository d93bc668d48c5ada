import { localNameOf, prefixOf } from './characters.ts';
import type { ElementReader, XmlElement } from './element.ts';
import { declaredPrefix, XML_NAMESPACE } from './namespaces.ts';

type Lookup = (prefix: string) => string | undefined;

/**
 * Reads an element through the interface that all codecs use. Give the namespace in force around
 * it when it was taken out of something larger.
 */
export function readerOf(element: XmlElement, inherited?: string): ElementReader {
  return new XmlElementReader(element, (prefix) => {
    if (prefix === 'xml') return XML_NAMESPACE;
    return prefix === '' ? inherited : undefined;
  });
}

class XmlElementReader implements ElementReader {
  readonly #element: XmlElement;
  readonly #lookup: Lookup;
  #children: readonly ElementReader[] | undefined;

  constructor(element: XmlElement, outer: Lookup) {
    this.#element = element;
    this.#lookup = lookupIn(element, outer);
  }

  get name(): string {
    return localNameOf(this.#element.name);
  }

  get namespace(): string | undefined {
    const namespace = this.#lookup(prefixOf(this.#element.name));
    return namespace === '' ? undefined : namespace;
  }

  attribute(name: string): string | undefined {
    const { attributes } = this.#element;
    // A plain object inherits names such as "constructor", which a document may ask for.
    return Object.hasOwn(attributes, name) ? attributes[name] : undefined;
  }

  attributes(): Readonly<Record<string, string>> {
    return this.#element.attributes;
  }

  children(): readonly ElementReader[] {
    this.#children ??= this.#element.children
      .filter((child) => typeof child !== 'string')
      .map((child) => new XmlElementReader(child, this.#lookup));
    return this.#children;
  }

  text(): string {
    return this.#element.children.filter((child) => typeof child === 'string').join('');
  }
}

function lookupIn(element: XmlElement, outer: Lookup): Lookup {
  const declared = new Map<string, string>();
  for (const [name, value] of Object.entries(element.attributes)) {
    const prefix = declaredPrefix(name);
    if (prefix !== undefined) declared.set(prefix, value);
  }
  // Only elements that declare something lengthen the chain.
  if (declared.size === 0) return outer;
  return (prefix) => declared.get(prefix) ?? outer(prefix);
}
