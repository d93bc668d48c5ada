import { err, ok, type Result } from '../lib/result.ts';
import { afterSpace, illegalAt } from './characters.ts';
import type { XmlElement } from './element.ts';
import { exceedsBytes, XML_LIMITS, type XmlLimits } from './limits.ts';
import { marked, type Piece, type Quote } from './markup.ts';
import { PrefixTable } from './namespaces.ts';
import { decodeText } from './references.ts';
import { Scanner, type Tag } from './scanner.ts';
import { positionAt, XmlRefusal, type XmlError } from './xml-error.ts';

/** A whole document. Plain data; the parser remembers beside it how each element was written. */
export interface XmlDocument {
  /** All before the root as written: byte order mark, declaration, comments, white space. */
  readonly before: string;
  readonly root: XmlElement;
  /** All after the root as written. */
  readonly after: string;
}

interface OpenElement {
  readonly tag: Tag;
  readonly declared: readonly string[];
  readonly lead: string;
  readonly pieces: Piece[];
}

const DECLARATION =
  /<\?xml[ \t\n\r]+version[ \t\n\r]*=[ \t\n\r]*(?:"1\.[0-9]+"|'1\.[0-9]+')(?:[ \t\n\r]+encoding[ \t\n\r]*=[ \t\n\r]*(?:"[A-Za-z][\w.-]*"|'[A-Za-z][\w.-]*'))?(?:[ \t\n\r]+standalone[ \t\n\r]*=[ \t\n\r]*(?:"(?:yes|no)"|'(?:yes|no)'))?[ \t\n\r]*\?>/y;

/**
 * Reads a document (XML 1.0, Namespaces in XML 1.0). There are no DTDs and so no entities but the
 * five predefined ones. Time grows with the length of the text alone.
 */
export function parseXml(
  text: string,
  limits: XmlLimits = XML_LIMITS,
): Result<XmlDocument, XmlError> {
  try {
    return ok(new Parser(text, limits).document());
  } catch (cause) {
    if (!(cause instanceof XmlRefusal)) throw cause;
    // Too large a text is not even searched for line ends.
    const offset = cause.fault.code === 'too-large' ? 0 : Math.min(cause.offset, text.length);
    return err({ ...cause.fault, ...positionAt(text, offset) });
  }
}

class Parser {
  readonly #scanner: Scanner;
  readonly #text: string;
  readonly #limits: XmlLimits;
  readonly #prefixes = new PrefixTable();
  readonly #open: OpenElement[] = [];
  #nodes = 0;
  #quote: Quote = "'";

  constructor(text: string, limits: XmlLimits) {
    this.#text = text;
    this.#limits = limits;
    this.#scanner = new Scanner(text, limits);
  }

  document(): XmlDocument {
    this.#checkText();
    this.#declaration();
    this.#outsideRoot();
    if (this.#scanner.isAtEnd()) throw new XmlRefusal({ code: 'no-root' }, this.#scanner.at);
    const before = this.#text.slice(0, this.#scanner.at);
    const root = this.#root();
    const afterStart = this.#scanner.at;
    this.#outsideRoot();
    if (!this.#scanner.isAtEnd()) this.#scanner.refuse({ code: 'several-roots' });
    return { before, root, after: this.#text.slice(afterStart) };
  }

  #checkText(): void {
    if (exceedsBytes(this.#text, this.#limits.bytes)) {
      throw new XmlRefusal({ code: 'too-large', limit: this.#limits.bytes }, 0);
    }
    const illegal = illegalAt(this.#text);
    if (illegal < 0) return;
    const codePoint = this.#text.codePointAt(illegal) ?? 0;
    const isCut = illegal === this.#text.length - 1 && codePoint >= 0xd800 && codePoint < 0xdc00;
    if (isCut) this.#scanner.refuseAt(this.#text.length);
    throw new XmlRefusal({ code: 'illegal-character', codePoint }, illegal);
  }

  #declaration(): void {
    if (this.#scanner.looksAt('\ufeff')) this.#scanner.at += 1;
    const start = this.#scanner.at;
    const isDeclared =
      this.#scanner.looksAt('<?xml') && afterSpace(this.#text, start + 5) > start + 5;
    if (!isDeclared) return;
    DECLARATION.lastIndex = start;
    const found = DECLARATION.exec(this.#text)?.[0];
    if (found === undefined) this.#badDeclaration(start);
    else this.#scanner.at += found.length;
  }

  #badDeclaration(start: number): never {
    const isCut = !this.#text.includes('?>', start);
    const code = isCut ? 'unexpected-end' : 'bad-declaration';
    throw new XmlRefusal({ code }, isCut ? this.#text.length : start);
  }

  /** Passes over all that may stand before or after the root. */
  #outsideRoot(): void {
    for (;;) {
      this.#scanner.skipSpace();
      if (this.#scanner.isAtEnd()) return;
      if (this.#scanner.aside() !== undefined) {
        this.#count();
        continue;
      }
      this.#refuseDeclarations();
      if (this.#scanner.looksAt('<')) return;
      this.#scanner.refuse({ code: 'text-outside-root' });
    }
  }

  #root(): XmlElement {
    const newline = this.#text.includes('\r\n') ? '\r\n' : '\n';
    let done = this.#start(newline);
    while (done === undefined) done = this.#content();
    return done;
  }

  /** Takes one thing inside the innermost open element; returns the root once it is closed. */
  #content(): XmlElement | undefined {
    const open = this.#open.at(-1);
    if (open === undefined) throw new Error('No element is open');
    if (!this.#scanner.looksAt('<')) {
      this.#characterData(open);
      return undefined;
    }
    if (this.#scanner.looksAt('</')) {
      const close = this.#scanner.endTag(open.tag.name);
      this.#open.pop();
      return this.#finish(open, close);
    }
    const piece = this.#aside() ?? this.#section();
    if (piece !== undefined) {
      open.pieces.push(piece);
      return undefined;
    }
    this.#refuseDeclarations();
    const last = open.pieces.at(-1);
    return this.#start(last?.kind === 'text' ? last.raw : '');
  }

  #start(lead: string): XmlElement | undefined {
    if (this.#open.length >= this.#limits.depth) {
      this.#scanner.refuse({ code: 'too-deep', limit: this.#limits.depth });
    }
    this.#count();
    const tag = this.#scanner.tag();
    this.#quote = tag.attributes.at(-1)?.quote ?? this.#quote;
    const declared = this.#prefixes.enter(tag.name, tag.values, tag.start);
    const open: OpenElement = { tag, declared, lead, pieces: [] };
    if (tag.isEmpty) return this.#finish(open, undefined);
    this.#open.push(open);
    return undefined;
  }

  #finish(open: OpenElement, close: string | undefined): XmlElement | undefined {
    this.#prefixes.leave(open.declared);
    const { name, start, attributes, values, tail } = open.tag;
    const element = marked(name, Object.fromEntries(values), {
      whole: { source: this.#text, start, end: this.#scanner.at },
      attributes,
      tail,
      pieces: open.pieces,
      close,
      lead: open.lead,
      quote: attributes.at(-1)?.quote ?? this.#quote,
      isPlain: false,
    });
    const parent = this.#open.at(-1);
    if (parent === undefined) return element;
    parent.pieces.push({ kind: 'element', element });
    return undefined;
  }

  #characterData(open: OpenElement): void {
    const start = this.#scanner.at;
    const raw = this.#scanner.untilMarkup();
    this.#count();
    open.pieces.push({ kind: 'text', text: decodeText(raw, start), raw });
  }

  #aside(): Piece | undefined {
    const raw = this.#scanner.aside();
    if (raw === undefined) return undefined;
    this.#count();
    return { kind: 'aside', raw };
  }

  #section(): Piece | undefined {
    const start = this.#scanner.at;
    if (!this.#scanner.looksAt('<![CDATA[')) return undefined;
    this.#scanner.at += 9;
    const text = this.#scanner.through(']]>').replace(/\r\n?/g, '\n');
    this.#count();
    return { kind: 'text', text, raw: this.#text.slice(start, this.#scanner.at) };
  }

  #refuseDeclarations(): void {
    if (!this.#scanner.looksAt('<!')) return;
    // A text that ends inside the word is cut off, not bad.
    const word = this.#text.slice(this.#scanner.at, this.#scanner.at + 9);
    if (word === '<!DOCTYPE') this.#scanner.refuse({ code: 'dtd-refused' });
    const isCut = ['<!DOCTYPE', '<![CDATA[', '<!--'].some((mark) => mark.startsWith(word));
    if (isCut) this.#scanner.refuseAt(this.#text.length);
    this.#scanner.refuse({ code: 'bad-markup' });
  }

  #count(): void {
    this.#nodes += 1;
    if (this.#nodes <= this.#limits.nodes) return;
    this.#scanner.refuse({ code: 'too-many-nodes', limit: this.#limits.nodes });
  }
}
