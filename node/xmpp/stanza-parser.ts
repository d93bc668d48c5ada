import { Element, Parser } from '@xmpp/xml';
import { sameAddress } from './addresses.ts';
import { NS } from './namespaces.ts';
import type { StreamDefect } from './session-failure.ts';
import { XmlGuard } from './xml-guard.ts';

export interface ParserLimits {
  readonly stanzaBytes: number;
  readonly stanzaElements: number;
  readonly depth: number;
  /** Of the account's own roster, which comes whole in one answer of its server. */
  readonly roster?: {
    readonly account: string;
    readonly bytes: number;
    readonly elements: number;
  };
}

/** How many limits long a stanza may be that is passed over; reading it costs time, but no memory. */
const PASSED_OVER_LIMITS = 64;
/** What a socket may hand over at once, in bytes. */
const LONGEST_PIECE = 65_536;
const STANZAS: readonly string[] = ['iq', 'message', 'presence'];

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
 * with a `StreamDefectError`, never as an exception, and nothing is read after it. A stanza that is
 * too large or too deep is told without its content, an answer as an error (RFC 6120 §8.3.3.18): a
 * server delivers again what a lost link left open, so one entity could keep an account offline.
 */
export class StanzaParser extends Parser {
  readonly #limits: ParserLimits;
  readonly #guard = new XmlGuard();
  #pieces: string[] = [];
  #bytes = 0;
  #elements = 0;
  #depth = 0;
  /** Tags read to their end: as many as began means that what comes next is text. */
  #tags = 0;
  /** Characters that wait for the end of their tag. */
  #pending = 0;
  /** The content of the present stanza is passed over. */
  #isPassingOver = false;
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
    const wasInText = this.#guard.isInText() && this.#guard.tags === this.#tags;
    if (!this.#guard.accepts(piece)) throw new StreamDefectError('restricted-xml');
    this.#bytes += Buffer.byteLength(piece);
    const isMoreText = wasInText && this.#guard.isInText() && !piece.includes('<');
    if (this.#isPassingOver && isMoreText) this.#keep('');
    else this.#collect(piece);
    if (this.#isTooLong()) this.#passOver('too-large');
  }

  /** The piece that was read may hold the beginning of the next stanza, so this is asked after it. */
  #isTooLong(): boolean {
    return this.#bytes > this.#limits.stanzaBytes && this.#bytes > (this.#roster()?.bytes ?? 0);
  }

  #hasTooMany(): boolean {
    const { stanzaElements } = this.#limits;
    return this.#elements > stanzaElements && this.#elements > (this.#roster()?.elements ?? 0);
  }

  /** The bounds of a roster, if that is what is being read. */
  #roster(): ParserLimits['roster'] {
    const { roster } = this.#limits;
    return roster && isRoster(this.#stanza(), roster.account) ? roster : undefined;
  }

  #collect(piece: string): void {
    this.#pieces.push(piece);
    this.#pending += piece.length;
    // The library slices its remainder anew with each piece, which is quadratic in a long text.
    if (!piece.includes('>')) return;
    const text = this.#pieces.join('');
    const end = text.lastIndexOf('>') + 1;
    this.#keep(text.slice(end));
    super.write(text.slice(0, end));
  }

  /** Only this waits for the end of its tag from now on. */
  #keep(text: string): void {
    this.#pieces = text === '' ? [] : [text];
    this.#pending = text.length;
  }

  /** Passes over the rest of the stanza. The stream ends where it is none, or goes on and on. */
  #passOver(defect: StreamDefect): void {
    const { stanzaBytes } = this.#limits;
    const stanza = this.#stanza();
    // What is in a marked section or a tag has to be kept until its end.
    const isKept = this.#guard.isInCdata || this.#pending > stanzaBytes + LONGEST_PIECE;
    const isEndless = this.#bytes > stanzaBytes * PASSED_OVER_LIMITS;
    if (!stanza || !STANZAS.includes(stanza.name) || isEndless) throw new StreamDefectError(defect);
    if (isKept && this.#bytes > stanzaBytes) throw new StreamDefectError(defect);
    this.#isPassingOver = true;
    this.cursor = stanza;
    stanza.children = [];
  }

  /** The stanza that is being read. */
  #stanza(): Element | undefined {
    let element = this.cursor === this.root ? null : this.cursor;
    while (element?.parent) element = element.parent;
    return element ?? undefined;
  }

  override onStartElement(name: string, attributes?: Record<string, string>): void {
    this.#tags += 1;
    this.#depth += 1;
    this.#elements += 1;
    // The stream's own element is not part of a stanza.
    if (this.#depth > this.#limits.depth + 1) this.#passOver('too-deep');
    if (this.#hasTooMany()) this.#passOver('too-large');
    if (!this.#isPassingOver) this.#begin(name, attributes);
  }

  #begin(name: string, attributes: Record<string, string> | undefined): void {
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

  override onEndElement(name: string, isSelfClosing = false): void {
    if (!isSelfClosing) this.#tags += 1;
    this.#depth -= 1;
    // Of what is passed over only the stanza itself is there to be ended.
    if (!this.#isPassingOver || this.#depth === 1) this.#end(name);
  }

  #end(name: string): void {
    const { cursor, root } = this;
    if (cursor === null || root === null || cursor.name !== name) throw notWellFormed();
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
    const isAnswer = stanza.name === 'iq' && stanza.attrs['type'] === 'result';
    if (this.#isPassingOver && isAnswer) becomeTooLarge(stanza);
    this.#isPassingOver = false;
    stanza.parent = root;
    this.cursor = root;
    this.emit('element', stanza);
  }

  override onText(text: string): void {
    if (this.cursor === null) {
      if (text.trim() !== '') throw notWellFormed();
    } else if (this.cursor !== this.root && !this.#isPassingOver) {
      this.cursor.t(text);
    }
  }
}

function notWellFormed(): StreamDefectError {
  return new StreamDefectError('not-well-formed');
}

/** Only the own server can answer without an address, or with that of the account (RFC 6120 §8.1.2.1). */
function isRoster(stanza: Element | undefined, account: string): boolean {
  if (stanza?.name !== 'iq' || stanza.attrs['type'] !== 'result') return false;
  const from: unknown = stanza.attrs['from'];
  const isOwn = from === undefined || (typeof from === 'string' && sameAddress(from, account));
  return isOwn && stanza.getChild('query', NS.roster) !== undefined;
}

/** What whoever waits for the answer is told instead of it. */
function becomeTooLarge(stanza: Element): void {
  const error = new Element('error', { type: 'modify' });
  error.append(new Element('resource-constraint', { xmlns: NS.stanzaErrors }));
  stanza.attrs['type'] = 'error';
  stanza.children = [];
  stanza.append(error);
}
