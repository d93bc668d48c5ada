import type { XmlElement } from './element.ts';
import { markupOf, type Markup } from './markup.ts';
import type { XmlDocument } from './parse.ts';

/** The text of a document: what was not touched is copied from the source it came from. */
export function writeXml(document: XmlDocument): string {
  return document.before + serialize(document.root) + document.after;
}

/**
 * The text of an element and all in it. Prefixes declared on ancestors are not declared again.
 * Characters XML cannot carry become U+FFFD.
 */
export function serialize(element: XmlElement): string {
  const parts: string[] = [];
  // A stack of our own: the call stack must not set how deep a document may be.
  const rest: (string | XmlElement)[] = [element];
  for (let next = rest.pop(); next !== undefined; next = rest.pop()) {
    if (typeof next === 'string') {
      parts.push(next);
      continue;
    }
    const markup = markupOf(next);
    if (markup.whole !== undefined) {
      parts.push(markup.whole.source.slice(markup.whole.start, markup.whole.end));
      continue;
    }
    parts.push(startTag(next, markup));
    rest.push(markup.close ?? '');
    for (const piece of markup.pieces.toReversed()) {
      rest.push(piece.kind === 'element' ? piece.element : piece.raw);
    }
  }
  return parts.join('');
}

/** The start tag, or the whole of an element in the empty-element form. */
export function startTag(element: XmlElement, markup: Markup): string {
  const attributes = markup.attributes.map(({ lead, quote, raw }) => lead + quote + raw + quote);
  const end = markup.close === undefined ? '/>' : '>';
  return `<${element.name}${attributes.join('')}${markup.tail}${end}`;
}
