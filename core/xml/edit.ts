import { illegalAt, isBlank } from './characters.ts';
import type { XmlElement } from './element.ts';
import { dressed, layoutOf, lineLead, spacePiece } from './layout.ts';
import { marked, markupOf, plainAttribute, plainText, type Markup, type Piece } from './markup.ts';

/** Where a child goes: beside another, or after the last of the named ones that is there. */
export type Anchor =
  | { readonly after: XmlElement }
  | { readonly before: XmlElement }
  | { readonly afterNames: readonly string[] };

/** The child elements with a name as written. */
export function childrenNamed(element: XmlElement, name: string): readonly XmlElement[] {
  return element.children
    .filter((child) => typeof child !== 'string')
    .filter((child) => child.name === name);
}

/** An attribute's value; nothing that objects inherit. */
export function attributeOf(element: XmlElement, name: string): string | undefined {
  return Object.hasOwn(element.attributes, name) ? element.attributes[name] : undefined;
}

/** The text directly inside an element. */
export function textOf(element: XmlElement): string {
  return element.children.filter((child) => typeof child === 'string').join('');
}

/** The element with an attribute set, or without it; the others stay as they were written. */
export function withAttribute(
  element: XmlElement,
  name: string,
  value: string | undefined,
): XmlElement {
  if (attributeOf(element, name) === value) return element;
  const markup = markupOf(element);
  const others = Object.entries(element.attributes);
  if (value === undefined) {
    return touched(element, {
      values: others.filter(([other]) => other !== name),
      markup: { attributes: markup.attributes.filter((other) => other.name !== name) },
    });
  }
  const fresh = plainAttribute(name, value, markup.quote);
  const isNew = !Object.hasOwn(element.attributes, name);
  const attributes = markup.attributes.map((old) => {
    return old.name === name ? { ...plainAttribute(name, value, old.quote), lead: old.lead } : old;
  });
  return touched(element, {
    values: isNew
      ? [...others, [name, value]]
      : others.map(([other, old]) => [other, other === name ? value : old]),
    markup: { attributes: isNew ? [...attributes, fresh] : attributes },
  });
}

/** The element with its text replaced; comments in it stay, and a CDATA section stays one. */
export function withText(element: XmlElement, text: string): XmlElement {
  if (textOf(element) === text) return element;
  const { pieces } = markupOf(element);
  const hasElements = pieces.some((piece) => piece.kind === 'element');
  const isOld = (piece: Piece) => {
    return piece.kind === 'text' && !(hasElements && isBlank(piece.text));
  };
  const at = Math.max(0, pieces.findIndex(isOld));
  const rest = pieces.filter((piece) => !isOld(piece));
  const before = pieces.slice(0, at).filter((piece) => !isOld(piece)).length;
  const fresh = text === '' ? [] : [textLike(pieces[at], text)];
  return withPieces(element, rest.toSpliced(before, 0, ...fresh));
}

function textLike(old: Piece | undefined, text: string): Piece {
  const isSection = old?.kind === 'text' && old.raw.startsWith('<![CDATA[');
  const plain = plainText(text);
  if (!isSection) return plain;
  // A section carries no references, so what needs one cannot stand in it.
  const needsReference = text.includes(']]>') || text.includes('\r') || illegalAt(text) >= 0;
  return needsReference ? plain : { kind: 'text', text, raw: `<![CDATA[${text}]]>` };
}

/** The element with some of its children replaced in their places. */
export function withChildrenReplaced(
  element: XmlElement,
  replacements: ReadonlyMap<XmlElement, XmlElement>,
): XmlElement {
  const markup = markupOf(element);
  const { inner } = layoutOf(markup);
  const pieces = markup.pieces.map((piece): Piece => {
    if (piece.kind !== 'element') return piece;
    const next = replacements.get(piece.element) ?? piece.element;
    if (next === piece.element) return piece;
    return { kind: 'element', element: dressed(next, markup, inner) };
  });
  const isSame = pieces.every((piece, index) => piece === markup.pieces[index]);
  return isSame ? element : withPieces(element, pieces);
}

/** The element with a child put in, on a line of its own when its siblings are. */
export function withChild(
  element: XmlElement,
  child: XmlElement,
  anchor: Anchor = { afterNames: [] },
): XmlElement {
  const markup = markupOf(element);
  const { inner, outer } = layoutOf(markup);
  const piece: Piece = { kind: 'element', element: dressed(child, markup, inner) };
  const { pieces } = markup;
  if (pieces.every((one) => one.kind === 'text')) {
    return withPieces(
      element,
      inner === undefined ? [...pieces, piece] : [spacePiece(inner), piece, spacePiece(outer)],
    );
  }
  if ('before' in anchor) {
    const at = indexOf(pieces, anchor.before);
    const added = inner === undefined ? [piece] : [piece, spacePiece(inner)];
    return withPieces(element, pieces.toSpliced(at, 0, ...added));
  }
  const added = inner === undefined ? [piece] : [spacePiece(inner), piece];
  return withPieces(
    element,
    pieces.toSpliced(endOfLine(pieces, anchorIndex(pieces, anchor)), 0, ...added),
  );
}

/** The element without one of its children and the line that held it. */
export function withoutChild(element: XmlElement, child: XmlElement): XmlElement {
  const { pieces } = markupOf(element);
  const at = indexOf(pieces, child);
  const before = pieces[at - 1];
  const after = pieces[at + 1];
  const endsLine = after?.kind === 'text' && /^[ \t]*\r?\n/.test(after.raw);
  const lead = before?.kind === 'text' && endsLine ? lineLead(before.raw) : undefined;
  const rest =
    before?.kind === 'text' && lead !== undefined
      ? pieces.toSpliced(at - 1, 2, ...withoutLead(before, lead))
      : pieces.toSpliced(at, 1);
  const isEmpty = rest.every((piece) => piece.kind === 'text' && isBlank(piece.text));
  return isEmpty
    ? touched(element, { markup: { pieces: [], close: undefined } })
    : withPieces(element, rest);
}

function withoutLead(piece: Extract<Piece, { kind: 'text' }>, lead: string): readonly Piece[] {
  const raw = piece.raw.slice(0, -lead.length);
  if (raw === '') return [];
  const text = piece.text.slice(0, -lead.replaceAll('\r\n', '\n').length);
  return [{ kind: 'text', text, raw }];
}

function indexOf(pieces: readonly Piece[], child: XmlElement): number {
  const at = pieces.findIndex((piece) => piece.kind === 'element' && piece.element === child);
  if (at < 0) throw new Error(`No such child: ${child.name}`);
  return at;
}

function anchorIndex(
  pieces: readonly Piece[],
  anchor: Exclude<Anchor, { readonly before: XmlElement }>,
): number {
  if ('after' in anchor) return indexOf(pieces, anchor.after);
  for (const name of anchor.afterNames.toReversed()) {
    const at = pieces.findLastIndex((piece) => {
      return piece.kind === 'element' && piece.element.name === name;
    });
    if (at >= 0) return at;
  }
  return pieces.findLastIndex((piece) => piece.kind !== 'text');
}

/** The index after a piece and the comments that follow it on the same line. */
function endOfLine(pieces: readonly Piece[], index: number): number {
  let end = index + 1;
  for (let at = end; at < pieces.length; at += 1) {
    const piece = pieces[at];
    if (piece?.kind === 'aside') end = at + 1;
    else if (piece?.kind !== 'text' || !/^[ \t]*$/.test(piece.raw)) break;
  }
  return end;
}

/** The element with other things between its tags, and all else as it was written. */
function withPieces(element: XmlElement, pieces: readonly Piece[]): XmlElement {
  const { tail, close } = markupOf(element);
  const wasEmptyForm = close === undefined;
  return touched(element, {
    markup: {
      pieces,
      tail: wasEmptyForm && pieces.length > 0 ? '' : tail,
      close: wasEmptyForm && pieces.length > 0 ? `</${element.name}>` : close,
    },
  });
}

function touched(
  element: XmlElement,
  change: {
    readonly values?: readonly (readonly [string, string])[];
    readonly markup: Partial<Markup>;
  },
): XmlElement {
  const attributes =
    change.values === undefined ? element.attributes : Object.fromEntries(change.values);
  return marked(element.name, attributes, {
    ...markupOf(element),
    ...change.markup,
    whole: undefined,
  });
}
