import { escapeText, escapeValue } from './characters.ts';
import type { XmlChild, XmlElement } from './element.ts';

export type Quote = '"' | "'";

/** One thing between an element's tags, with the text it was written as. */
export type Piece =
  | { readonly kind: 'element'; readonly element: XmlElement }
  | { readonly kind: 'text'; readonly text: string; readonly raw: string }
  /** A comment or a processing instruction. */
  | { readonly kind: 'aside'; readonly raw: string };

/** How an attribute was written: all before its opening quote, the quote, and the raw value. */
export interface AttributeMarkup {
  readonly name: string;
  readonly lead: string;
  readonly quote: Quote;
  readonly raw: string;
}

/** A range of source text, from start to before end. */
export interface SourceRange {
  readonly source: string;
  readonly start: number;
  readonly end: number;
}

/** How an element was, or is to be, written. */
export interface Markup {
  /** The source of all of it; absent once it or anything inside it has been touched. */
  readonly whole?: SourceRange | undefined;
  readonly attributes: readonly AttributeMarkup[];
  /** The white space before the `>` or `/>` of the start tag. */
  readonly tail: string;
  readonly pieces: readonly Piece[];
  /** The end tag; absent for the empty-element form. */
  readonly close: string | undefined;
  /** The text that stands right before the element. */
  readonly lead: string;
  /** The quote to use for attributes to come. */
  readonly quote: Quote;
  /** Built here and not yet part of something parsed: how it is written is still open. */
  readonly isPlain: boolean;
}

interface Entry {
  readonly element: XmlElement;
  readonly markup: Markup;
}

// Beside the elements and not in them: an element stays plain data that compares as a whole. By the
// children, so that `{ ...element, attributes }` keeps the comments between them.
const entries = new WeakMap<readonly XmlChild[], Entry>();

/** An element that is written the given way. Its children follow from the pieces. */
export function marked(
  name: string,
  attributes: Readonly<Record<string, string>>,
  markup: Markup,
): XmlElement {
  const element = { name, attributes, children: childrenOf(markup.pieces) };
  entries.set(element.children, { element, markup });
  return element;
}

/** How the element was written, if it was parsed or made from a parsed one. */
export function knownMarkup(element: XmlElement): Markup | undefined {
  const entry = entries.get(element.children);
  if (entry === undefined || entry.element === element) return entry?.markup;
  return {
    ...entry.markup,
    whole: undefined,
    attributes: plainAttributes(element, entry.markup.quote),
    close: entry.markup.close === undefined ? undefined : `</${element.name}>`,
  };
}

/** How the element is written: as it was, or the plain way when it was built here. */
export function markupOf(element: XmlElement): Markup {
  return knownMarkup(element) ?? plainMarkup(element, '"');
}

/** The plain way to write an element: as it is, with nothing added. */
export function plainMarkup(element: XmlElement, quote: Quote): Markup {
  const pieces = element.children.filter((child) => child !== '').map(plainPiece);
  return {
    attributes: plainAttributes(element, quote),
    tail: '',
    pieces,
    close: pieces.length === 0 ? undefined : `</${element.name}>`,
    lead: '',
    quote,
    isPlain: true,
  };
}

function plainAttributes(element: XmlElement, quote: Quote): readonly AttributeMarkup[] {
  return Object.entries(element.attributes).map(([name, value]) => {
    return plainAttribute(name, value, quote);
  });
}

export function plainAttribute(name: string, value: string, quote: Quote): AttributeMarkup {
  return { name, lead: ` ${name}=`, quote, raw: escapeValue(value, quote) };
}

export function plainText(text: string): Piece {
  return { kind: 'text', text, raw: escapeText(text) };
}

function plainPiece(child: XmlChild): Piece {
  return typeof child === 'string' ? plainText(child) : { kind: 'element', element: child };
}

/** The children as data: comments and instructions fall away, the text around them joins. */
function childrenOf(pieces: readonly Piece[]): readonly XmlChild[] {
  const children: XmlChild[] = [];
  let texts: string[] = [];
  const flush = () => {
    const text = texts.join('');
    if (text !== '') children.push(text);
    texts = [];
  };
  for (const piece of pieces) {
    if (piece.kind === 'text') texts.push(piece.text);
    if (piece.kind === 'element') {
      flush();
      children.push(piece.element);
    }
  }
  flush();
  return children;
}
