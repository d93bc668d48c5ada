import { isBlank } from './characters.ts';
import type { XmlElement } from './element.ts';
import { markupOf, type Markup, type Piece } from './markup.ts';
import { parseXml } from './parse.ts';
import { serialize, startTag } from './write.ts';

const INDENT = '  ';

interface Step {
  readonly depth: number;
  readonly what: string | XmlElement;
}

/**
 * XML laid out to be looked at: one element a line, two spaces a level. An element that holds text
 * stays as it is. A text that is not XML comes back unchanged.
 */
export function prettyXml(xml: XmlElement | string): string {
  if (typeof xml !== 'string') return layOut(xml);
  const parsed = parseXml(xml);
  if (!parsed.ok) return xml;
  const { before, root, after } = parsed.value;
  const parts = [before.replace(/^\ufeff/, '').trim(), layOut(root), after.trim()];
  return parts.filter((part) => part !== '').join('\n');
}

function layOut(root: XmlElement): string {
  const lines: string[] = [];
  const rest: Step[] = [{ depth: 0, what: root }];
  for (let step = rest.pop(); step !== undefined; step = rest.pop()) {
    const { depth, what } = step;
    const indent = INDENT.repeat(depth);
    if (typeof what === 'string') {
      lines.push(indent + what);
      continue;
    }
    const markup = markupOf(what);
    if (!isContainer(markup)) {
      lines.push(indent + serialize(what));
      continue;
    }
    lines.push(indent + startTag(what, markup));
    rest.push({ depth, what: `</${what.name}>` });
    const shown = markup.pieces.filter((piece) => piece.kind !== 'text').toReversed();
    rest.push(...shown.map((piece) => ({ depth: depth + 1, what: contentOf(piece) })));
  }
  return lines.join('\n');
}

function contentOf(piece: Exclude<Piece, { readonly kind: 'text' }>): string | XmlElement {
  return piece.kind === 'element' ? piece.element : piece.raw;
}

function isContainer(markup: Markup): boolean {
  return (
    markup.pieces.some((piece) => piece.kind !== 'text') &&
    markup.pieces.every((piece) => piece.kind !== 'text' || isBlank(piece.text))
  );
}
