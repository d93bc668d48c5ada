import { StringDecoder } from 'node:string_decoder';
import { type Element, Parser } from '@xmpp/xml';
import type { XmlElement } from '../../core/xml/element.ts';
import { RestrictedXmlGuard } from './restricted-xml.ts';

/** What bounds a peer: a stanza past either ends its stream. */
export interface StreamLimits {
  /** Bytes of one top-level element. */
  readonly stanzaBytes: number;
  /** Elements inside each other, the stream's own not counted. */
  readonly depth: number;
}

export const DEFAULT_LIMITS: StreamLimits = { stanzaBytes: 4 * 1024 * 1024, depth: 64 };

/** Why a stream ends, as RFC 6120 section 4.9.3 names it. */
export type StreamViolation = 'not-well-formed' | 'policy-violation' | 'restricted-xml';

export interface StreamListener {
  /** The peer opened its stream. */
  readonly opened: (header: XmlElement) => void;
  /** A whole top-level element has come. */
  readonly element: (element: XmlElement) => void;
  /** The peer closed its stream in good order. */
  readonly closed: () => void;
  /** Nothing more will be read: the peer sent what cannot be accepted. */
  readonly violated: (condition: StreamViolation) => void;
}

/** The library's element as plain data. */
function toXmlElement(element: Element): XmlElement {
  const attributes: Record<string, string> = {};
  for (const [name, value] of Object.entries(element.attrs)) attributes[name] = String(value);
  const children = element.children.map((child) =>
    typeof child === 'string' ? child : toXmlElement(child),
  );
  return { name: element.name, attributes, children };
}

class BoundedParser extends Parser {
  readonly #maxDepth: number;
  #depth = -1;
  tooDeep = false;

  constructor(maxDepth: number) {
    super();
    this.#maxDepth = maxDepth;
  }

  override onStartElement(name: string, attributes?: Record<string, unknown>): void {
    this.#depth += 1;
    if (this.#depth > this.#maxDepth) this.tooDeep = true;
    // A nested element past the limit is not kept: only the count goes on until the text is read.
    if (!this.tooDeep) super.onStartElement(name, attributes);
  }

  override onEndElement(name: string): void {
    this.#depth -= 1;
    if (this.tooDeep) return;
    if (this.cursor === null) this.emit('error', new Error('An end without a start'));
    else super.onEndElement(name);
  }

  override onText(text: string): void {
    // White space between stanzas keeps the link alive; kept in the root it would pile up.
    if (this.cursor !== null && this.cursor !== this.root) super.onText(text);
  }
}

/** Reads one XMPP stream. It never throws: what is wrong ends in `violated`, once. */
export class StreamParser {
  readonly #listener: StreamListener;
  readonly #limits: StreamLimits;
  readonly #parser: BoundedParser;
  readonly #decoder = new StringDecoder('utf8');
  readonly #guard = new RestrictedXmlGuard();
  #pendingBytes = 0;
  #stopped = false;

  constructor(listener: StreamListener, limits: StreamLimits = DEFAULT_LIMITS) {
    this.#listener = listener;
    this.#limits = limits;
    this.#parser = new BoundedParser(limits.depth);
    this.#parser.on('start', (root: Element) => {
      this.#tell(() => listener.opened(toXmlElement(root)));
    });
    this.#parser.on('element', (element: Element) => {
      this.#pendingBytes = 0;
      this.#tell(() => listener.element(toXmlElement(element)));
    });
    this.#parser.on('end', () => this.#tell(listener.closed));
    this.#parser.on('error', () => this.#violate('not-well-formed'));
  }

  /** Takes what came from the socket, in whatever pieces. */
  write(chunk: Buffer | string): void {
    if (this.#stopped) return;
    this.#pendingBytes += chunk.length;
    const text = typeof chunk === 'string' ? chunk : this.#decoder.write(chunk);
    if (this.#guard.refuses(text)) {
      this.#violate('restricted-xml');
      return;
    }
    this.#parse(text);
    if (this.#parser.tooDeep || this.#pendingBytes > this.#limits.stanzaBytes) {
      this.#violate('policy-violation');
    }
  }

  /** Ignores all that still comes, as after a stream was replaced or ended. */
  stop(): void {
    this.#stopped = true;
  }

  #parse(text: string): void {
    try {
      this.#parser.write(text);
    } catch (cause) {
      // The parser throws on a reference it does not know; all else is a defect of ours.
      if (!isIllegalXml(cause)) throw cause;
      this.#violate('not-well-formed');
    }
  }

  #tell(report: () => void): void {
    if (!this.#stopped) report();
  }

  #violate(condition: StreamViolation): void {
    if (this.#stopped) return;
    this.#stopped = true;
    this.#listener.violated(condition);
  }
}

function isIllegalXml(failure: unknown): boolean {
  return failure instanceof Error && failure.message.startsWith('Illegal XML');
}
