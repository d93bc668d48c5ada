/** An element as plain data: what is built here to be sent, and what a parsed element looks like. */
export interface XmlElement {
  /** The name as written, with its prefix if it has one. */
  readonly name: string;
  /** Attribute values by the names as written; `xmlns` and `xmlns:p` are attributes like any other. */
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly XmlChild[];
}

export type XmlChild = XmlElement | string;

/** Builds an element. Attributes whose value is undefined are left out. */
export function el(
  name: string,
  attributes: Readonly<Record<string, string | undefined>> = {},
  children: readonly XmlChild[] = [],
): XmlElement {
  // Every stanza is built here, and lists of pairs would cost more than all else of it.
  const given: Record<string, string> = {};
  for (const key in attributes) {
    const value = attributes[key];
    if (value !== undefined) given[key] = value;
  }
  return { name, attributes: given, children };
}

/**
 * What a codec needs in order to read an element, whichever library parsed it. Names are local:
 * original agents put placeholder namespaces on fragments, so nothing is looked up by namespace.
 */
export interface ElementReader {
  /** The name without its prefix. */
  readonly name: string;
  /** The namespace in force on this element. */
  readonly namespace: string | undefined;
  attribute(name: string): string | undefined;
  /** All attributes by the names as written. */
  attributes(): Readonly<Record<string, string>>;
  /** The child elements, in order. */
  children(): readonly ElementReader[];
  /** The text directly inside this element, references resolved. */
  text(): string;
}
