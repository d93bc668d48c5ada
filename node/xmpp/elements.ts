import { Element } from '@xmpp/xml';
import type { ElementReader, XmlElement } from '../../core/xml/element.ts';

/** An element of the XMPP library. */
export type LtxElement = Element;

/** Reads an element of the XMPP library in place; nothing is copied. */
export class LtxReader implements ElementReader {
  readonly #element: LtxElement;
  /** A presence is read by many, child by child. */
  #children: readonly ElementReader[] | undefined;

  constructor(element: LtxElement) {
    this.#element = element;
  }

  get name(): string {
    return this.#element.getName();
  }

  get namespace(): string | undefined {
    return this.#element.getNS();
  }

  attribute(name: string): string | undefined {
    const given: Record<string, unknown> = this.#element.attrs;
    const value = Object.hasOwn(given, name) ? given[name] : undefined;
    return typeof value === 'string' ? value : undefined;
  }

  attributes(): Readonly<Record<string, string>> {
    return this.#element.attrs;
  }

  children(): readonly ElementReader[] {
    this.#children ??= this.#element.getChildElements().map((child) => new LtxReader(child));
    return this.#children;
  }

  text(): string {
    return this.#element.getText();
  }
}

// What XML 1.0 cannot carry, not even as a reference: one such character would end the stream.
// eslint-disable-next-line no-control-regex
const UNSENDABLE = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff\p{Surrogate}]/gu;

const TEXT_ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\r': '&#xD;',
  '\n': '&#xA;',
  '\t': '&#x9;',
};

function escapeText(text: string): string {
  return sendable(text).replace(/[&<>\r]/g, (found) => TEXT_ESCAPES[found] ?? found);
}

function escapeAttribute(text: string): string {
  return sendable(text).replace(/[&<>"\r\n\t]/g, (found) => TEXT_ESCAPES[found] ?? found);
}

function sendable(text: string): string {
  return text.replace(UNSENDABLE, '\ufffd');
}

type Writer = (text: string) => void;

/** An element whose text reaches the other side unchanged: the stock one lets line ends be lost. */
class OutgoingElement extends Element {
  override write(writer: Writer): void {
    writer(`<${this.name}`);
    for (const [name, value] of Object.entries(this.attrs)) {
      if (typeof value === 'string') writer(` ${name}="${escapeAttribute(value)}"`);
    }
    if (this.children.length === 0) {
      writer('/>');
      return;
    }
    writer('>');
    for (const child of this.children) {
      if (child instanceof Element) child.write(writer);
      else writer(escapeText(child));
    }
    writer(`</${this.name}>`);
  }
}

/** Makes an element of the XMPP library from ours, ready to be sent. */
export function toLtx(element: XmlElement): LtxElement {
  const made = new OutgoingElement(element.name, { ...element.attributes });
  for (const child of element.children) {
    made.append(typeof child === 'string' ? child : toLtx(child));
  }
  return made;
}

/** Copies an element that was read, so that it can be kept or sent on; namespaces are written out. */
export function toXmlElement(reader: ElementReader): XmlElement {
  return copy(reader, undefined);
}

function copy(reader: ElementReader, inherited: string | undefined): XmlElement {
  const { namespace } = reader;
  const attributes: Record<string, string> = {};
  for (const [name, value] of Object.entries(reader.attributes())) {
    // The prefix is dropped with its declaration: the namespace is said on the element itself.
    if (name !== 'xmlns' && !name.startsWith('xmlns:')) attributes[name] = value;
  }
  if (namespace !== undefined && namespace !== inherited) attributes['xmlns'] = namespace;
  const children = reader.children().map((child) => copy(child, namespace));
  const text = reader.text();
  // Mixed content does not occur in what is copied; text between elements is only indentation.
  return {
    name: reader.name,
    attributes,
    children: children.length > 0 || text === '' ? children : [text],
  };
}

/** The first child with a name, and a namespace where one is given. */
export function childOf(
  element: ElementReader | undefined,
  name: string,
  namespace?: string,
): ElementReader | undefined {
  return element?.children().find((child) => {
    return child.name === name && (namespace === undefined || child.namespace === namespace);
  });
}

/** All children with a name. */
export function childrenOf(element: ElementReader | undefined, name: string): ElementReader[] {
  return element?.children().filter((child) => child.name === name) ?? [];
}

/** The text of the first child with a name; undefined when there is no such child. */
export function childText(element: ElementReader | undefined, name: string): string | undefined {
  return childOf(element, name)?.text();
}
