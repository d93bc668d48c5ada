import type { Duplex } from 'node:stream';
import { setImmediate as nextTurn } from 'node:timers/promises';
import {
  type ClientMessage,
  type KeyEvent,
  writeClientMessage,
} from '../../core/rfb/client-messages.ts';
import { ENCODING } from '../../core/rfb/encodings.ts';
import { PIXEL_FORMAT_32 } from '../../core/rfb/pixel-format.ts';
import { malformed, RfbFailureError } from '../../core/rfb/rfb-failure.ts';
import type { Rectangle } from '../../core/rfb/rectangle-walk.ts';
import { checkScreen } from '../../core/rfb/server-init.ts';
import { readRectangle } from '../../core/rfb/server-walk.ts';
import { bands, Framebuffer, type ScreenPicture } from './framebuffer.ts';
import { openRfb, type RfbConnection } from './open-rfb.ts';
import { PressedKeys } from './pressed-keys.ts';
import { completeOptions, type RfbOptions } from './rfb-options.ts';
import { RfbReader } from './rfb-reader.ts';
import { ZrleDecoder } from './zrle.ts';

const ENCODINGS: readonly number[] = [
  ENCODING.zrle,
  ENCODING.copyRect,
  ENCODING.raw,
  ENCODING.extendedKeys,
  ENCODING.desktopSize,
  ENCODING.lastRect,
];
/** Red first in memory, as pictures have it. */
const FORMAT = { ...PIXEL_FORMAT_32, shift: { red: 0, green: 8, blue: 16 } };

/** A whole picture may take so many times as long as an answer. */
const PICTURE_ANSWERS = 4;
/** How often one update may paint as much as the largest screen has. */
const MOST_PAINTS = 2;

type Message = Exclude<ClientMessage, { readonly kind: 'ignored' }>;

/**
 * A viewer without a window: it takes pictures of a screen and presses keys. It reads only while a
 * picture is waited for, so it costs nothing in between.
 */
export class HeadlessRfb {
  readonly #connection: RfbConnection;
  readonly #options: Required<RfbOptions>;
  readonly #reader: RfbReader;
  readonly #zrle = new ZrleDecoder();
  readonly #pressed = new PressedKeys();
  #screen: Framebuffer;
  #hasExtendedKeys = false;
  #updates = 0;
  #until = 0;

  private constructor(connection: RfbConnection, options: RfbOptions) {
    this.#connection = connection;
    this.#options = completeOptions(options);
    this.#reader = new RfbReader(connection.duplex, this.#options);
    this.#screen = new Framebuffer(connection.init.width, connection.init.height);
    this.#send({ kind: 'pixel-format', format: FORMAT });
    this.#send({ kind: 'encodings', encodings: ENCODINGS });
  }

  /**
   * Connects through a stream, and waits for a first picture, since only then it is known which
   * keys the server takes. Throws `RfbFailureError`.
   */
  static async open(duplex: Duplex, options: RfbOptions): Promise<HeadlessRfb> {
    const viewer = new HeadlessRfb(await openRfb(duplex, options), options);
    try {
      await viewer.#drawn();
      return viewer;
    } catch (cause) {
      viewer.close();
      viewer.#connection.duplex.destroy();
      throw cause;
    }
  }

  /** The security type's name. */
  get security(): string {
    return this.#connection.security;
  }

  /** Whether the server takes scancodes (QEMU's extended key events). */
  get hasExtendedKeys(): boolean {
    return this.#hasExtendedKeys;
  }

  /** The whole screen as it is now. Throws `RfbFailureError`. */
  async takePicture(): Promise<ScreenPicture> {
    await this.#drawn();
    const { width, height, rgba } = this.#screen;
    return { width, height, rgba: Buffer.from(rgba) };
  }

  /**
   * Waits until the server has read all that was sent so far: it answers in order, and a corner of
   * the screen is asked for last. Throws `RfbFailureError`.
   */
  async settled(): Promise<void> {
    const before = this.#updates;
    this.#limitTime();
    const area = { x: 0, y: 0, width: 1, height: 1 };
    this.#send({ kind: 'update-request', isIncremental: false, area });
    while (this.#updates === before) await this.#message();
  }

  /** Presses or releases a key: by its scancode where the server takes them, else by its keysym. */
  sendKey(key: KeyEvent): void {
    this.#pressed.note(key);
    const { isDown, keysym } = key;
    this.#send({ kind: 'key', key: this.#hasExtendedKeys ? key : { isDown, keysym } });
  }

  /** Releases what is down and leaves. */
  close(): void {
    for (const key of this.#pressed.release()) this.sendKey(key);
    this.#zrle.stop();
    const { duplex } = this.#connection;
    const { clock, timeoutMs } = this.#options;
    // A server that reads no more would keep the connection for ever.
    const giveUp = clock.after(timeoutMs, () => duplex.destroy());
    duplex.once('close', giveUp);
    duplex.end(() => duplex.destroy());
  }

  /** Waits until all of the screen was told anew. */
  async #drawn(): Promise<void> {
    this.#limitTime();
    this.#request();
    while (!this.#screen.isDrawn) await this.#message();
  }

  #limitTime(): void {
    const { clock, timeoutMs } = this.#options;
    this.#until = clock.now() + PICTURE_ANSWERS * timeoutMs;
  }

  /** A server may go on talking, each answer in time, and never come to an end. */
  #checkTime(): void {
    const { clock, timeoutMs } = this.#options;
    if (clock.now() > this.#until) throw tooSlow(PICTURE_ANSWERS * timeoutMs);
  }

  #send(message: Message): void {
    const { duplex } = this.#connection;
    if (!duplex.destroyed) duplex.write(writeClientMessage(message));
  }

  #request(): void {
    const { width, height } = this.#screen;
    this.#screen.expect();
    const area = { x: 0, y: 0, width, height };
    this.#send({ kind: 'update-request', isIncremental: false, area });
  }

  #take(bytes: number): Promise<Buffer> {
    return this.#reader.take(bytes, 'first-frame');
  }

  async #message(): Promise<void> {
    this.#checkTime();
    const [type = 0] = await this.#take(1);
    if (type === 0) await this.#update();
    else if (type === 1) await this.#take((await this.#take(5)).readUInt16BE(3) * 6);
    else if (type === 3) await this.#clipboard();
    else if (type !== 2) throw malformed(`a server’s message of type ${type}`);
  }

  async #clipboard(): Promise<void> {
    const bytes = Math.abs((await this.#take(7)).readInt32BE(3));
    if (bytes > this.#connection.limits.clipboardBytes) {
      throw malformed(`a clipboard of ${bytes} bytes`);
    }
    await this.#take(bytes);
  }

  async #update(): Promise<void> {
    const count = (await this.#take(3)).readUInt16BE(1);
    const { limits } = this.#connection;
    let hasResized = false;
    let pixels = 0;
    for (let index = 0; index < count; index += 1) {
      const rectangle = readRectangle(await this.#take(12));
      if (rectangle.encoding === ENCODING.lastRect) break;
      if (rectangle.encoding === ENCODING.desktopSize) hasResized = true;
      this.#checkTime();
      checkScreen(rectangle.width, rectangle.height, limits);
      pixels += rectangle.width * rectangle.height;
      if (pixels > MOST_PAINTS * limits.pixels) throw malformed(`an update of ${pixels} pixels`);
      await this.#rectangle(rectangle);
    }
    this.#updates += 1;
    // What was drawn before its size changed is gone; and an update may hold signs only.
    if (hasResized) this.#request();
    else if (!this.#screen.isDrawn) this.#requestRest();
  }

  #requestRest(): void {
    const { width, height } = this.#screen;
    const area = { x: 0, y: 0, width, height };
    this.#send({ kind: 'update-request', isIncremental: true, area });
  }

  async #rectangle(rectangle: Rectangle): Promise<void> {
    const { width, height } = rectangle;
    switch (rectangle.encoding) {
      case ENCODING.raw:
        await this.#raw(rectangle);
        return;
      case ENCODING.copyRect: {
        const from = await this.#take(4);
        this.#screen.copy(rectangle, from.readUInt16BE(0), from.readUInt16BE(2));
        return;
      }
      case ENCODING.zrle:
        await this.#compressed(rectangle);
        return;
      case ENCODING.extendedKeys:
        this.#hasExtendedKeys = true;
        return;
      case ENCODING.desktopSize:
        this.#screen = new Framebuffer(width, height);
        return;
      default:
        throw malformed(`a rectangle of encoding ${rectangle.encoding}`);
    }
  }

  async #raw(rectangle: Rectangle): Promise<void> {
    const screen = this.#screen;
    screen.check(rectangle);
    for (const band of bands(rectangle)) {
      if (band.y > rectangle.y) await nextTurn();
      this.#checkTime();
      screen.draw(band, await this.#take(band.width * band.height * 4));
    }
  }

  async #compressed(rectangle: Rectangle): Promise<void> {
    const { width, height } = rectangle;
    const screen = this.#screen;
    const bytes = (await this.#take(4)).readUInt32BE();
    if (bytes > width * height * 8 + 65_536) throw malformed(`${bytes} bytes in one rectangle`);
    screen.check(rectangle);
    const take = (some: number): Promise<Buffer> => {
      this.#checkTime();
      return this.#take(some);
    };
    await this.#zrle.decode(rectangle, { bytes, take }, (band, pixels) =>
      screen.draw(band, pixels),
    );
  }
}

function tooSlow(milliseconds: number): RfbFailureError {
  const seconds = Math.ceil(milliseconds / 1000);
  return new RfbFailureError({ code: 'timed-out', phase: 'first-frame', seconds });
}
