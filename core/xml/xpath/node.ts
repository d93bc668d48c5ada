import { localNameOf, prefixOf } from '../characters.ts';
import type { XmlElement } from '../element.ts';
import { declaredPrefix, XML_NAMESPACE } from '../namespaces.ts';

/** A node of a document as XPath sees it: it knows its parent, which an element does not. */
export interface XPathNode {
  readonly kind: 'document' | 'element' | 'attribute' | 'text';
  /** The name as written; empty of a text and of the document. */
  readonly name: string;
  /** Of an attribute or a text. */
  readonly value: string;
  readonly element?: XmlElement;
  readonly parent?: XPathNode;
}

/** The document that an element is the root of. */
export function documentNode(root: XmlElement): XPathNode {
  return {
    kind: 'document',
    name: '',
    value: '',
    element: { name: '', attributes: {}, children: [root] },
  };
}

/** The elements and texts in a node, in their order. */
export function childNodes(parent: XPathNode): readonly XPathNode[] {
  const { element } = parent;
  if (!element) return [];
  return element.children.map((child) =>
    typeof child === 'string'
      ? { kind: 'text', name: '', value: child, parent }
      : { kind: 'element', name: child.name, value: '', element: child, parent },
  );
}

/** The attributes of an element; what declares a namespace is none, as in XPath. */
export function attributeNodes(parent: XPathNode): readonly XPathNode[] {
  if (parent.kind !== 'element' || !parent.element) return [];
  return Object.entries(parent.element.attributes)
    .filter(([name]) => declaredPrefix(name) === undefined)
    .map(([name, value]) => ({ kind: 'attribute', name, value, parent }));
}

export function localName({ name }: XPathNode): string {
  return localNameOf(name);
}

/** The namespace of an element or attribute; empty where it is in none. */
export function namespaceOf(node: XPathNode): string {
  const prefix = prefixOf(node.name);
  if (node.kind === 'attribute' && prefix === '') return '';
  if (prefix === 'xml') return XML_NAMESPACE;
  const declaration = prefix === '' ? 'xmlns' : `xmlns:${prefix}`;
  for (let one: XPathNode | undefined = node; one; one = one.parent) {
    const attributes = one.element?.attributes ?? {};
    if (Object.hasOwn(attributes, declaration)) return attributes[declaration] ?? '';
  }
  return '';
}

/** The text in a node, of an element also that of all elements in it. */
export function stringOf(node: XPathNode): string {
  return node.element ? textIn(node.element) : node.value;
}

function textIn(element: XmlElement): string {
  const parts: string[] = [];
  const rest: (XmlElement | string)[] = [element];
  for (let one = rest.pop(); one !== undefined; one = rest.pop()) {
    if (typeof one === 'string') parts.push(one);
    else rest.push(...[...one.children].reverse());
  }
  return parts.join('');
}
