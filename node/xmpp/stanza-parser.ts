import { Element, Parser } from '@xmpp/xml';
import type { StreamDefect } from './session-failure.ts';
import { XmlGuard } from './xml-guard.ts';

export interface ParserLimits {
  readonly stanzaBytes: number;
  readonly stanzaElements: number;
  readonly depth: number;
}

/** Why a stream cannot be read on. */
export class StreamDefectError extends Error {
  readonly defect: StreamDefect;

  constructor(defect: StreamDefect) {
    super(defect);
    this.defect = defect;
  }
}

/**
 * The XMPP library's parser with bounds. Whatever is wrong with the text comes as one `error` event
 * with a `StreamDefectError`, never as an exception, and nothing is read after it.
 */
export class StanzaParser extends Parser {
  readonly #limits: ParserLimits;
  readonly #guard = new XmlGuard();
  #pieces: string[] = [];
  #bytes = 0;
  #elements = 0;
  #depth = 0;
  #isBroken = false;
  #isReading = false;
  #early: string[] = [];

  constructor(limits: ParserLimits) {
    super();
    this.#limits = limits;
  }

  override write(piece: string): void {
    // Over memory, an answer to what a stanza made us send comes while that stanza is being told.
    this.#early.push(piece);
    if (this.#isReading) return;
    this.#isReading = true;
    for (let next = this.#early.shift(); next !== undefined; next = this.#early.shift()) {
      if (!this.#isBroken) this.#readOrBreak(next);
    }
    this.#isReading = false;
  }

  #readOrBreak(piece: string): void {
    try {
      this.#read(piece);
    } catch (cause) {
      this.#isBroken = true;
      this.#pieces = [];
      // The library throws plain errors at undefined entities and the like.
      const defect = cause instanceof StreamDefectError ? cause : notWellFormed();
      this.emit('error', defect);
    }
  }

  #read(piece: string): void {
    if (!this.#guard.accepts(piece)) throw new StreamDefectError('restricted-xml');
    this.#bytes += Buffer.byteLength(piece);
    this.#pieces.push(piece);
    // The library slices its remainder anew with each piece, which is quadratic in a long text.
    if (piece.includes('>')) {
      const text = this.#pieces.join('');
      this.#pieces = [];
      super.write(text);
    }
    if (this.#bytes > this.#limits.stanzaBytes) throw new StreamDefectError('too-large');
  }

  override onStartElement(name: string, attributes?: Record<string, string>): void {
    this.#depth += 1;
    this.#elements += 1;
    // The stream's own element is not part of a stanza.
    if (this.#depth > this.#limits.depth + 1) throw new StreamDefectError('too-deep');
    if (this.#elements > this.#limits.stanzaElements) throw new StreamDefectError('too-large');
    const element = new Element(name, attributes);
    if (this.root === null) {
      this.root = element;
      this.emit('start', element);
    } else if (this.cursor === null) {
      throw notWellFormed();
    } else if (this.cursor !== this.root) {
      this.cursor.append(element);
    }
    this.cursor = element;
  }

  override onEndElement(name: string): void {
    const { cursor, root } = this;
    if (cursor === null || root === null || cursor.name !== name) throw notWellFormed();
    this.#depth -= 1;
    if (cursor === root) {
      this.cursor = null;
      this.emit('end', root);
    } else if (cursor.parent === null) {
      this.#finish(cursor, root);
    } else {
      this.cursor = cursor.parent;
    }
  }

  #finish(stanza: Element, root: Element): void {
    this.#bytes = 0;
    this.#elements = 0;
    stanza.parent = root;
    this.cursor = root;
    this.emit('element', stanza);
  }

  override onText(text: string): void {
    if (this.cursor === null) {
      if (text.trim() !== '') throw notWellFormed();
    } else if (this.cursor !== this.root) {
      this.cursor.t(text);
    }
  }
}

function notWellFormed(): StreamDefectError {
  return new StreamDefectError('not-well-formed');
}
