import type { Duplex } from 'node:stream';
import { ByteWalker, drop, read, type Walk } from '../../core/rfb/byte-walk.ts';
import {
  type ClientMessage,
  type KeyEvent,
  writeClientMessage,
} from '../../core/rfb/client-messages.ts';
import { clientWalk } from '../../core/rfb/client-walk.ts';
import { isFramed } from '../../core/rfb/encodings.ts';
import {
  SECURITY,
  SECURITY_RESULT,
  VERSION_BYTES,
  writeSecurityTypes,
  writeVersion,
} from '../../core/rfb/handshake.ts';
import type { PixelFormat } from '../../core/rfb/pixel-format.ts';
import { type RfbFailure, RfbFailureError } from '../../core/rfb/rfb-failure.ts';
import { writeServerInit } from '../../core/rfb/server-init.ts';
import { type ServerEvent, serverWalk } from '../../core/rfb/server-walk.ts';
import type { Clock } from '../xmpp/clock.ts';
import { ClipboardPace } from './clipboard-pace.ts';
import type { RfbConnection } from './open-rfb.ts';
import { PressedKeys } from './pressed-keys.ts';
import { type RelayTraffic, TrafficMeter } from './relay-traffic.ts';
import { UpdateGate, type UpdateRate } from './update-gate.ts';

/** Where a relay's words go. */
export interface RelayListener {
  /** Bytes for the page, which sees a server that wants no password. */
  readonly toPage: (bytes: Uint8Array) => void;
  /** The end, told once; undefined when `end` was called. */
  readonly onEnd: (failure: RfbFailure | undefined) => void;
}

type Message = Exclude<ClientMessage, { readonly kind: 'ignored' }>;

/** More than this unsent means that the server reads no more. */
const UNSENT_BYTES = 4 * 1024 * 1024;

/**
 * Stands between a page, which draws and speaks RFB, and a server that has let us in. The page is
 * offered no security, so it never sees a password; all it says is read and written anew, and all
 * the server says is followed, so that neither can harm the other.
 */
export class RfbRelay {
  readonly #connection: RfbConnection;
  readonly #duplex: Duplex;
  readonly #listener: RelayListener;
  readonly #meter: TrafficMeter;
  readonly #gate: UpdateGate;
  readonly #clipboards: ClipboardPace;
  readonly #pressed = new PressedKeys();
  readonly #fromPage: ByteWalker;
  readonly #fromServer: ByteWalker;
  #format: PixelFormat;
  #hasExtendedKeys = false;
  #isOpen = false;
  #isPaused = false;
  /** Between two messages of the server. */
  #isBetween = false;
  #hasEnded = false;

  constructor(connection: RfbConnection, listener: RelayListener, clock: Clock) {
    const { duplex, init, limits } = connection;
    this.#connection = connection;
    this.#duplex = duplex;
    this.#listener = listener;
    this.#format = init.format;
    this.#meter = new TrafficMeter(clock);
    this.#gate = new UpdateGate(clock, (request) => this.#send(request));
    this.#fromPage = new ByteWalker(this.#pageWalk());
    this.#clipboards = new ClipboardPace({
      clock,
      limit: limits.clipboardBytes,
      onDue: () => this.#tellDue(),
    });
    this.#fromServer = new ByteWalker(
      serverWalk({
        limits,
        format: () => this.#format,
        onEvent: (event) => this.#onServerEvent(event),
        acceptsClipboard: (body, isExtended) => this.#clipboards.accepts(body, isExtended),
        onBorder: (isBetween) => this.#onBorder(isBetween),
      }),
    );
  }

  /** Whether the server takes scancodes; known after its first update. */
  get hasExtendedKeys(): boolean {
    return this.#hasExtendedKeys;
  }

  get traffic(): RelayTraffic {
    return this.#meter.read();
  }

  /** Greets the page, and relays from then on. */
  start(): void {
    this.#duplex.on('readable', this.#onReadable);
    this.#duplex.on('end', this.#onClose);
    this.#duplex.on('close', this.#onClose);
    this.#duplex.on('error', this.#onClose);
    this.#listener.toPage(writeVersion('3.8'));
    // It may have ended since its ServerInit, without anybody there to hear it.
    if (this.#duplex.destroyed || this.#duplex.readableEnded) this.#finish({ code: 'closed' });
  }

  /** Takes what the page sends, in any pieces. */
  takeFromPage(bytes: Uint8Array): void {
    if (this.#hasEnded) return;
    this.#guard(() => this.#fromPage.push(bytes));
  }

  /** Stops reading from the server, or goes on: the page's flow control. */
  setPaused(isPaused: boolean): void {
    this.#isPaused = isPaused;
    if (isPaused) return;
    this.#tellDue();
    this.#onReadable();
  }

  setRate(rate: UpdateRate): void {
    this.#gate.setRate(rate);
  }

  /** Presses or releases a key of ours, between two messages of the page. */
  sendKey(key: KeyEvent): void {
    if (!this.#hasEnded && this.#isOpen) this.#sendKey(key);
  }

  /** Releases all that is down, whoever pressed it. */
  releaseKeys(): void {
    for (const key of this.#pressed.release()) this.#sendKey(key);
  }

  /** Releases all keys and leaves the server. */
  end(): void {
    this.#finish(undefined);
  }

  *#pageWalk(): Walk<never> {
    const { toPage } = this.#listener;
    yield* read(VERSION_BYTES);
    toPage(writeSecurityTypes([SECURITY.none]));
    yield* read(1);
    toPage(Uint8Array.from(SECURITY_RESULT.accepted));
    // Whether it shares was settled with the server.
    yield* read(1);
    yield* drop();
    toPage(writeServerInit(this.#connection.init));
    this.#isOpen = true;
    this.#onReadable();
    return yield* clientWalk((message) => this.#onPageMessage(message), this.#connection.limits);
  }

  #onPageMessage(message: ClientMessage): void {
    switch (message.kind) {
      case 'ignored':
        return;
      case 'update-request':
        this.#gate.request(message);
        return;
      case 'key':
        this.#sendKey(message.key);
        return;
      case 'encodings':
        this.#send({ ...message, encodings: message.encodings.filter(isFramed) });
        return;
      case 'pixel-format':
        this.#format = message.format;
        this.#send(message);
        return;
      case 'pointer':
        if (message.buttons !== 0) this.#meter.noteInput();
        this.#send(message);
        return;
      default:
        this.#send(message);
    }
  }

  #sendKey(key: KeyEvent): void {
    this.#pressed.note(key);
    if (key.isDown) this.#meter.noteInput();
    const { isDown, keysym } = key;
    this.#send({ kind: 'key', key: this.#hasExtendedKeys ? key : { isDown, keysym } });
  }

  #send(message: Message): void {
    if (this.#duplex.destroyed) return;
    const bytes = writeClientMessage(message);
    this.#meter.noteToServer(bytes.length);
    this.#duplex.write(bytes);
    if (this.#duplex.writableLength > UNSENT_BYTES) this.#finish({ code: 'closed' });
  }

  #onServerEvent(event: ServerEvent): void {
    if (event.kind === 'updated') this.#meter.noteUpdate();
    else this.#hasExtendedKeys = true;
  }

  #onBorder(isBetween: boolean): void {
    this.#isBetween = isBetween;
    if (!isBetween) return;
    for (const message of this.#clipboards.due()) this.#fromServer.insert(message);
  }

  /** Tells the page of clipboards that waited, while the server says nothing. */
  #tellDue(): void {
    if (this.#isPaused || !this.#isBetween) return;
    for (const message of this.#clipboards.due()) this.#listener.toPage(message);
  }

  readonly #onReadable = (): void => {
    while (this.#isOpen && !this.#isPaused && !this.#hasEnded) {
      const chunk: unknown = this.#duplex.read();
      if (!(chunk instanceof Uint8Array)) return;
      this.#meter.noteFromServer(chunk.length);
      this.#guard(() => {
        const passed = this.#fromServer.push(chunk);
        if (passed.length > 0) this.#listener.toPage(passed);
      });
    }
  };

  readonly #onClose = (): void => this.#finish({ code: 'closed' });

  #guard(run: () => void): void {
    try {
      run();
    } catch (cause) {
      if (!(cause instanceof RfbFailureError)) throw cause;
      this.#finish(cause.failure);
    }
  }

  #finish(failure: RfbFailure | undefined): void {
    if (this.#hasEnded) return;
    this.#hasEnded = true;
    this.releaseKeys();
    this.#gate.stop();
    this.#clipboards.stop();
    this.#duplex.off('readable', this.#onReadable);
    this.#duplex.on('error', () => this.#duplex.destroy());
    if (failure === undefined) this.#duplex.end(() => this.#duplex.destroy());
    else this.#duplex.destroy();
    this.#listener.onEnd(failure);
  }
}
