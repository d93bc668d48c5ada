import { localNameOf, prefixOf } from './characters.ts';
import { shortened, XmlRefusal } from './xml-error.ts';

export const XML_NAMESPACE = 'http://www.w3.org/XML/1998/namespace';
const XMLNS_NAMESPACE = 'http://www.w3.org/2000/xmlns/';

/** The prefix an attribute declares: '' for `xmlns`, undefined when it declares none. */
export function declaredPrefix(attributeName: string): string | undefined {
  if (attributeName === 'xmlns') return '';
  return attributeName.startsWith('xmlns:') ? attributeName.slice(6) : undefined;
}

/** The prefixes in force while a document is read from start to end. */
export class PrefixTable {
  readonly #bound = new Map<string, string[]>([['xml', [XML_NAMESPACE]]]);

  /** Enters an element: returns what to hand to `leave`. Throws an XmlRefusal at a bad use. */
  enter(name: string, attributes: readonly (readonly [string, string])[], offset: number) {
    const declared: string[] = [];
    for (const [attribute, value] of attributes) {
      const prefix = declaredPrefix(attribute);
      if (prefix === undefined) continue;
      checkDeclaration(prefix, value, offset);
      this.#bind(prefix, value);
      declared.push(prefix);
    }
    if (prefixOf(name) !== '') this.#namespaceOf(prefixOf(name), offset);
    this.#checkAttributes(attributes, offset);
    return declared;
  }

  leave(declared: readonly string[]): void {
    for (const prefix of declared) this.#bound.get(prefix)?.pop();
  }

  #bind(prefix: string, namespace: string): void {
    const stack = this.#bound.get(prefix);
    if (stack === undefined) this.#bound.set(prefix, [namespace]);
    else stack.push(namespace);
  }

  #namespaceOf(prefix: string, offset: number): string {
    const namespace = this.#bound.get(prefix)?.at(-1);
    if (namespace !== undefined) return namespace;
    throw new XmlRefusal({ code: 'unbound-prefix', prefix: shortened(prefix) }, offset);
  }

  #checkAttributes(attributes: readonly (readonly [string, string])[], offset: number): void {
    const seen = new Set<string>();
    for (const [attribute] of attributes) {
      const prefix = prefixOf(attribute);
      if (prefix === '' || prefix === 'xmlns') continue;
      // Two prefixes may mean one namespace, and then p:a and q:a are the same attribute.
      const expanded = `${localNameOf(attribute)} ${this.#namespaceOf(prefix, offset)}`;
      if (seen.has(expanded)) {
        throw new XmlRefusal({ code: 'duplicate-attribute', name: shortened(attribute) }, offset);
      }
      seen.add(expanded);
    }
  }
}

function checkDeclaration(prefix: string, namespace: string, offset: number): void {
  const isReserved =
    prefix === 'xmlns' ||
    namespace === XMLNS_NAMESPACE ||
    (prefix === 'xml') !== (namespace === XML_NAMESPACE);
  const isUndeclared = prefix !== '' && namespace === '';
  if (isReserved || isUndeclared) {
    throw new XmlRefusal({ code: 'bad-namespace', prefix: shortened(prefix) }, offset);
  }
}
