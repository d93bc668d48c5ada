import { isBlank } from './characters.ts';
import type { XmlElement } from './element.ts';
import { knownMarkup, marked, plainMarkup, type Markup, type Piece } from './markup.ts';

/** The line breaks and indentation between an element's tags, as raw text. */
export interface Layout {
  /** What stands before each child; undefined when children follow each other on one line. */
  readonly inner: string | undefined;
  /** What stands before the end tag when the children are on lines of their own. */
  readonly outer: string;
}

/** How children of an element are laid out: as those it has, else one step deeper than itself. */
export function layoutOf(markup: Markup): Layout {
  const outer = lineLead(markup.lead);
  const fence = markup.pieces.findIndex((piece) => piece.kind !== 'text');
  if (fence >= 0) {
    const before = markup.pieces[fence - 1];
    return {
      inner: before?.kind === 'text' ? lineLead(before.raw) : undefined,
      outer: outer ?? '',
    };
  }
  const isEmpty = markup.pieces.every((piece) => piece.kind === 'text' && isBlank(piece.text));
  if (outer === undefined || !isEmpty) return { inner: undefined, outer: '' };
  return { inner: deeper(outer), outer };
}

/** The last line break of a text with the indentation after it, when the text ends in one. */
export function lineLead(raw: string): string | undefined {
  const newline = raw.lastIndexOf('\n');
  if (newline < 0) return undefined;
  const lead = raw.slice(raw[newline - 1] === '\r' ? newline - 1 : newline);
  return isBlank(lead) ? lead : undefined;
}

/** White space as a piece, from its raw text. */
export function spacePiece(raw: string): Piece {
  return { kind: 'text', text: raw.replaceAll('\r\n', '\n'), raw };
}

/** An element about to become a child, written in the manner of its new surroundings. */
export function dressed(
  element: XmlElement,
  parent: Markup,
  inner: string | undefined,
): XmlElement {
  if (parent.isPlain || knownMarkup(element)?.isPlain === false) return element;
  const plain = { ...plainMarkup(element, parent.quote), isPlain: false };
  const isContainer =
    element.children.length > 0 && element.children.every((child) => typeof child !== 'string');
  const own = isContainer && inner !== undefined ? deeper(inner) : undefined;
  const pieces = plain.pieces.flatMap((piece) => {
    if (piece.kind !== 'element') return [piece];
    const child: Piece = { kind: 'element', element: dressed(piece.element, plain, own) };
    return own === undefined ? [child] : [spacePiece(own), child];
  });
  if (own !== undefined) pieces.push(spacePiece(inner ?? ''));
  return marked(element.name, element.attributes, { ...plain, pieces, lead: inner ?? '' });
}

function deeper(lead: string): string {
  return lead + (lead.includes('\t') ? '\t' : '  ');
}
