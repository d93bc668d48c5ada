import type { XmlElement } from '../../core/xml/element.ts';

/** The name without its prefix. */
export function localName(element: XmlElement): string {
  const colon = element.name.indexOf(':');
  return colon < 0 ? element.name : element.name.slice(colon + 1);
}

/** The namespace that an element declares for itself; what it inherits is not looked up. */
export function namespaceOf(element: XmlElement): string | undefined {
  const colon = element.name.indexOf(':');
  return element.attributes[colon < 0 ? 'xmlns' : `xmlns:${element.name.slice(0, colon)}`];
}

/** The child elements, without the text between them. */
export function childElements(element: XmlElement): XmlElement[] {
  return element.children.filter((child): child is XmlElement => typeof child !== 'string');
}

/** All children of that local name. */
export function childrenNamed(element: XmlElement, name: string): XmlElement[] {
  return childElements(element).filter((child) => localName(child) === name);
}

/** The first child of that local name and, when given, declared namespace. */
export function childNamed(
  element: XmlElement,
  name: string,
  namespace?: string,
): XmlElement | undefined {
  return childElements(element).find(
    (child) =>
      localName(child) === name && (namespace === undefined || namespaceOf(child) === namespace),
  );
}

/** The text directly inside an element. */
export function textOf(element: XmlElement): string {
  return element.children.filter((child) => typeof child === 'string').join('');
}

/** The text inside the first child of that name; undefined when there is no such child. */
export function textOfChild(element: XmlElement, name: string): string | undefined {
  const child = childNamed(element, name);
  return child && textOf(child);
}

/** A copy with some attributes set, or removed where the value is undefined. */
export function withAttributes(
  element: XmlElement,
  changes: Readonly<Record<string, string | undefined>>,
): XmlElement {
  const attributes: Record<string, string> = { ...element.attributes };
  for (const [name, value] of Object.entries(changes)) {
    if (value !== undefined) attributes[name] = value;
    else if (name in attributes) Reflect.deleteProperty(attributes, name);
  }
  return { name: element.name, attributes, children: element.children };
}
