import { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { type SecureContext, TLSSocket } from 'node:tls';
import { el, type XmlElement } from '../../core/xml/element.ts';
import { NS } from './namespaces.ts';
import { type StreamLimits, StreamParser, type StreamViolation } from './stream-parser.ts';
import { toText } from './xml-text.ts';

/** A peer that reads so slowly that more than this waits for it is cut. */
const MAX_WAITING_BYTES = 256 * 1024 * 1024;

export interface LinkListener {
  readonly opened: (header: XmlElement) => void;
  readonly element: (element: XmlElement) => void;
  /** The peer ended its stream in good order. */
  readonly ended: () => void;
  /** The connection is gone; nothing comes after this. */
  readonly lost: () => void;
}

/** One connection: bytes to elements and back, with stream errors, TLS upgrade and restart. */
export class Link {
  readonly #listener: LinkListener;
  readonly #limits: StreamLimits;
  #duplex: Duplex;
  #parser: StreamParser | undefined;
  #waiting: string[] = [];
  #isClosed = false;
  readonly #read = (chunk: Buffer): void => this.#parser?.write(chunk);
  readonly #close = (): void => {
    this.#isClosed = true;
    this.#listener.lost();
  };
  /** Nobody else can read along: TLS, or both ends in this process. */
  isSecure: boolean;

  constructor(duplex: Duplex, isSecure: boolean, limits: StreamLimits, listener: LinkListener) {
    this.#duplex = duplex;
    this.isSecure = isSecure;
    this.#limits = limits;
    this.#listener = listener;
    this.restart();
    this.#attach(duplex);
  }

  /** Reads a new stream from here on, as after STARTTLS and after a login. */
  restart(): void {
    this.#parser?.stop();
    this.#parser = new StreamParser(
      {
        opened: this.#listener.opened,
        element: this.#listener.element,
        closed: this.#listener.ended,
        violated: (condition) => this.fail(condition),
      },
      this.#limits,
    );
  }

  /** Writes text; what is written in one turn goes out together, to a socket what many sessions cause in one. */
  send(text: string): void {
    if (this.#isClosed) return;
    if (this.#waiting.push(text) > 1) return;
    const flush = (): void => this.#flush();
    // A thousand presences in a thousand writes cost a socket more than all else that they cause.
    if (this.#duplex instanceof Socket) setImmediate(flush);
    else queueMicrotask(flush);
  }

  /** Goes on inside TLS. What is already queued goes out before it. */
  startTls(secureContext: SecureContext): void {
    this.#flush();
    const plain = this.#duplex;
    plain.off('data', this.#read);
    plain.off('close', this.#close);
    this.restart();
    this.isSecure = true;
    this.#attach(new TLSSocket(plain, { isServer: true, secureContext }));
  }

  /** Ends the stream with an error (RFC 6120 section 4.9). */
  fail(condition: StreamViolation | 'conflict' | 'host-unknown' | 'not-authorized'): void {
    this.send(toText(el('stream:error', {}, [el(condition, { xmlns: NS.streamErrors })])));
    this.end();
  }

  /** Ends the stream in good order. */
  end(): void {
    if (this.#isClosed) return;
    this.send('</stream:stream>');
    this.#flush();
    this.#isClosed = true;
    this.#parser?.stop();
    this.#duplex.end();
    // A peer that never closes its side must not keep the connection.
    this.#duplex.resume();
    setTimeout(() => this.#duplex.destroy(), 2000).unref();
  }

  /** Drops the connection without a word, with what was about to go out, as a broken cable would. */
  cut(): void {
    this.#waiting = [];
    this.#isClosed = true;
    this.#parser?.stop();
    this.#duplex.destroy();
  }

  #attach(duplex: Duplex): void {
    this.#duplex = duplex;
    duplex.on('data', this.#read);
    // The close that follows every error is what is acted on.
    duplex.on('error', () => duplex.destroy());
    duplex.on('close', this.#close);
  }

  #flush(): void {
    const texts = this.#waiting;
    this.#waiting = [];
    if (texts.length === 0 || this.#isClosed || this.#duplex.destroyed) return;
    this.#duplex.write(texts.join(''));
    if (this.#duplex.writableLength > MAX_WAITING_BYTES) this.#duplex.destroy();
  }
}
