import { setImmediate as nextTurn } from 'node:timers/promises';
import { createInflate, type Inflate } from 'node:zlib';
import type { Area } from '../../core/rfb/client-messages.ts';
import { malformed } from '../../core/rfb/rfb-failure.ts';
import { bands } from './framebuffer.ts';
import { decodeTiles, mostBytes, TileReader } from './zrle-tiles.ts';

/** How much is inflated at a time, in bytes: it may become a thousand times as much. */
const PIECE = 16_384;

/** The compressed bytes of a rectangle, as they arrive. */
export interface Compressed {
  /** How many there are. */
  readonly bytes: number;
  readonly take: (bytes: number) => Promise<Uint8Array>;
}

/**
 * Decodes ZRLE rectangles of 24-bit colour: RFC 6143, section 7.7.6. One a connection. No more than a
 * row of tiles is held and decoded at once: others of the process have their turns in between.
 */
export class ZrleDecoder {
  readonly #inflate: Inflate = createInflate();
  #failure: string | undefined;
  #parts: Buffer[] = [];
  /** How many bytes wait in the parts. */
  #waiting = 0;
  /** How many bytes the rectangle may still hold. */
  #room = 0;

  constructor() {
    this.#inflate.on('data', (part: Buffer) => this.#take(part));
    this.#inflate.on('error', (cause) => (this.#failure ??= cause.message));
  }

  /** Hands over the pixels of a rectangle, four bytes each, from the top. Throws `RfbFailureError`. */
  async decode(
    area: Area,
    compressed: Compressed,
    draw: (band: Area, pixels: Uint8Array) => void,
  ): Promise<void> {
    const tiles = new TileReader();
    let { bytes } = compressed;
    const more = async (): Promise<void> => {
      const piece = await compressed.take(Math.min(PIECE, bytes));
      bytes -= piece.length;
      await this.#feed(piece);
    };
    this.#room = mostBytes(area);
    for (const band of bands(area)) {
      if (band.y > area.y) await nextTurn();
      while (bytes > 0 && tiles.left + this.#waiting < mostBytes(band)) await more();
      tiles.add(this.#inflated());
      draw(band, decodeTiles(band, tiles));
    }
    // The next rectangle goes on where this one ends.
    while (bytes > 0) await more();
    this.#inflated();
  }

  stop(): void {
    this.#inflate.destroy();
  }

  async #feed(piece: Uint8Array): Promise<void> {
    await new Promise<void>((resolve) => {
      const done = (): void => {
        this.#inflate.off('close', done);
        resolve();
      };
      this.#inflate.once('close', done);
      this.#inflate.write(piece, done);
    });
    if (this.#failure !== undefined) throw malformed(`ZRLE: ${this.#failure}`);
  }

  #inflated(): readonly Buffer[] {
    const parts = this.#parts;
    this.#parts = [];
    this.#waiting = 0;
    return parts;
  }

  /** A few compressed bytes may hold gigabytes: no more is inflated than a rectangle can need. */
  #take(part: Buffer): void {
    this.#room -= part.length;
    if (this.#room >= 0) {
      this.#parts.push(part);
      this.#waiting += part.length;
      return;
    }
    this.#failure ??= 'more bytes than its rectangle can hold';
    this.#inflated();
    this.#inflate.destroy();
  }
}
