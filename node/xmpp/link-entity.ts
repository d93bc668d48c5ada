import { StringDecoder } from 'node:string_decoder';
import { jid } from '@xmpp/client';
import { Client } from '@xmpp/client-core';
import tcp from '@xmpp/tcp';
import type { Parser } from '@xmpp/xml';
import { isAddress } from './addresses.ts';
import type { LtxElement } from './elements.ts';
import { type ParserLimits, StanzaParser } from './stanza-parser.ts';
import type { StreamSocket } from './stream-socket.ts';

/** The parts of the library's client that its published types leave out. */
interface ClientParts extends Client {
  _attachSocket(socket: StreamSocket): void;
  _detachSocket(): void;
  _onElement(element: LtxElement): void;
}

// The library declares its own seams private by name only; this is where we hang in.
const OpenClient = Client as unknown as new (options: { domain: string }) => ClientParts;

/** What a link does with what happens below it. */
export interface EntityHooks {
  /** Bytes came, whatever they mean. */
  readonly received: () => void;
  readonly sent: (element: LtxElement, text: string) => void;
  readonly streamError: (condition: string, text: string) => void;
  /** Another part of the library wants the link closed. */
  readonly closeWanted: () => void;
  readonly addressRefused: (element: LtxElement) => void;
}

/** The library's client, with the seams that services of ours replace. Lives as long as one link. */
export class LinkEntity extends OpenClient {
  readonly #decoder = new StringDecoder('utf8');
  readonly #hooks: EntityHooks;

  constructor(account: string, domain: string, limits: ParserLimits, hooks: EntityHooks) {
    super({ domain });
    this.#hooks = hooks;
    this.jid = jid(account);
    // The link has one watchdog; the library's own timers would race it.
    this.timeout = 0;
    tcp({ entity: this });
    const [transport] = this.transports;
    if (transport !== undefined) this.Transport = transport;
    this.Parser = parserWith(limits);
  }

  attach(socket: StreamSocket): void {
    this._attachSocket(socket);
  }

  detach(): void {
    this._detachSocket();
  }

  /** A character may come in two segments, so the bytes are decoded as one stream. */
  _onData(data: Buffer): void {
    this.#hooks.received();
    this.parser?.write(this.#decoder.write(data));
  }

  /** The library throws at an address it cannot read, out of the socket's data handler. */
  override _onElement(element: LtxElement): void {
    if (isReadable(element.attrs['from']) && isReadable(element.attrs['to'])) {
      super._onElement(element);
    } else {
      this.#hooks.addressRefused(element);
    }
  }

  /** Replaces the library's handling, which would follow `see-other-host` without TLS. */
  _onStreamError(element: LtxElement): void {
    const [condition] = element.getChildElements().filter((child) => child.name !== 'text');
    this.#hooks.streamError(condition?.getName() ?? '', element.getChildText('text') ?? '');
  }

  /** The link itself answers broken XML. */
  async _streamError(): Promise<void> {
    return Promise.resolve();
  }

  override async disconnect(): Promise<void> {
    this.#hooks.closeWanted();
  }

  /** Counts a stanza as sent when it is handed over: an early answer must find it counted. */
  override async send(element: LtxElement): Promise<void> {
    return this.sendMany([element]);
  }

  override async sendMany(elements: Iterable<LtxElement>): Promise<void> {
    const all = [...elements];
    const { socket } = this;
    if (socket === null || all.length === 0) return;
    const texts = all.map((element) => {
      element.parent = this.root;
      return element.toString();
    });
    for (const [index, element] of all.entries()) {
      this.emit('send', element);
      this.#hooks.sent(element, texts[index] ?? '');
    }
    await this.write(texts.join(''));
  }

  /** Never rejects: a write that fails is followed by the end of the link, which tells everyone. */
  override async write(text: string): Promise<void> {
    const { socket } = this;
    if (socket === null) return;
    return new Promise((resolve) => {
      socket.write(text, () => resolve());
    });
  }
}

/**
 * What the library makes its parsers with. A function that gives one, and no class of its own for
 * each link: the engine optimises a class, and thousands of links would each bring another.
 */
function parserWith(limits: ParserLimits): typeof Parser {
  return function makeParser() {
    return new StanzaParser(limits);
  } as unknown as typeof Parser;
}

function isReadable(address: unknown): boolean {
  // The library takes an empty one for none.
  if (address === undefined || address === '') return true;
  return typeof address === 'string' && isAddress(address);
}
