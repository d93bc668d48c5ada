import type { Duplex } from 'node:stream';
import type { LtxElement } from './elements.ts';

/** How much may wait in the socket before stanzas wait here, in bytes. */
const SOCKET_HIGH_WATER = 256 * 1024;

/** What became of a stanza: handed to the socket, or never written. */
export type Handed = 'handed' | 'congested' | 'disconnected' | 'offline' | 'bad-address';

interface Waiting {
  readonly element: LtxElement;
  readonly bytes: number;
  readonly settle: (outcome: Handed) => void;
}

/**
 * Hands stanzas to a link in order, and holds them back while a slow server does not read. What it
 * still holds when the link ends was never sent, which is worth knowing.
 */
export class Outbox {
  readonly #duplex: Duplex;
  readonly #hand: (element: LtxElement) => void;
  readonly #limitBytes: number;
  readonly #waiting: Waiting[] = [];
  #bytes = 0;
  #isClosed = false;

  constructor(duplex: Duplex, limitBytes: number, hand: (element: LtxElement) => void) {
    this.#duplex = duplex;
    this.#limitBytes = limitBytes;
    this.#hand = hand;
    duplex.on('drain', () => this.#flush());
  }

  put(element: LtxElement, settle: (outcome: Handed) => void): void {
    if (this.#isClosed) {
      settle('disconnected');
    } else if (this.#waiting.length === 0 && this.#hasRoom()) {
      settle('handed');
      this.#hand(element);
    } else {
      this.#hold(element, settle);
    }
  }

  #hold(element: LtxElement, settle: (outcome: Handed) => void): void {
    const bytes = Buffer.byteLength(element.toString());
    if (this.#bytes + bytes > this.#limitBytes) {
      settle('congested');
      return;
    }
    this.#bytes += bytes;
    this.#waiting.push({ element, bytes, settle });
  }

  /** Gives up what waits. */
  close(): void {
    this.#isClosed = true;
    for (const { settle } of this.#waiting.splice(0)) settle('disconnected');
  }

  #hasRoom(): boolean {
    return this.#duplex.writableLength < SOCKET_HIGH_WATER;
  }

  #flush(): void {
    while (this.#hasRoom()) {
      const next = this.#waiting.shift();
      if (next === undefined) return;
      this.#bytes -= next.bytes;
      next.settle('handed');
      this.#hand(next.element);
    }
  }
}
