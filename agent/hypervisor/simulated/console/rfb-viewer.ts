import { randomBytes, timingSafeEqual } from 'node:crypto';
import type { Duplex } from 'node:stream';
import { ByteWalker, drop, read, type Walk } from '../../../../core/rfb/byte-walk.ts';
import type { ClientMessage } from '../../../../core/rfb/client-messages.ts';
import { clientWalk } from '../../../../core/rfb/client-walk.ts';
import { ENCODING } from '../../../../core/rfb/encodings.ts';
import {
  readVersion,
  SECURITY,
  SECURITY_RESULT,
  VERSION_BYTES,
  writeSecurityFailure,
  writeSecurityTypes,
  writeVersion,
  type RfbVersion,
} from '../../../../core/rfb/handshake.ts';
import { u32 } from '../../../../core/rfb/integers.ts';
import { RFB_LIMITS } from '../../../../core/rfb/limits.ts';
import { PIXEL_FORMAT_32, type PixelFormat } from '../../../../core/rfb/pixel-format.ts';
import { RfbFailureError } from '../../../../core/rfb/rfb-failure.ts';
import { writeServerInit } from '../../../../core/rfb/server-init.ts';
import { writeUpdate, type RectangleContent } from '../../../../core/rfb/server-messages.ts';
import { CHALLENGE_BYTES, vncAuthResponse } from '../../../../node/rfb/vnc-auth.ts';
import type { PressedKey } from './guest-keyboard.ts';
import { changedRows, rowPixels } from './screen-rows.ts';
import { CELL, drawText } from './text-picture.ts';
import { SCREEN_SIZE, type ScreenContent } from './text-screen.ts';

/** The screen that viewers look at. */
export interface ViewedScreen {
  /** What viewers put into their title. */
  readonly name: string;
  /** A secret; undefined for a screen that opens without one. */
  readonly password: string | undefined;
  content(): ScreenContent;
  press(key: PressedKey): void;
  /** A viewer is gone. */
  release(): void;
}

/** Past this many bytes that a viewer has not taken it gets no new picture. */
const MOST_WAITING_BYTES = 262_144;
const PARTING_MS = 1000;

/** One viewer of a text screen: the server's side of RFB (RFC 6143) with QEMU's extended keys. */
export class RfbViewer {
  readonly #stream: Duplex;
  readonly #screen: ViewedScreen;
  #format: PixelFormat = PIXEL_FORMAT_32;
  #takesExtendedKeys = false;
  #wantsUpdate = false;
  /** What it sees; undefined before the first picture and when it asks for all of it. */
  #seen: ScreenContent | undefined;
  #isReady = false;
  #isOver = false;

  constructor(stream: Duplex, screen: ViewedScreen) {
    this.#stream = stream;
    this.#screen = screen;
    const walker = new ByteWalker(this.#conversation());
    stream.on('data', (chunk: Uint8Array) => {
      if (this.#isOver) return;
      try {
        walker.push(chunk);
      } catch (cause) {
        // What is no RFB ends this viewer's connection and nothing else.
        if (!(cause instanceof RfbFailureError)) throw cause;
        this.#hangUp();
      }
    });
    stream.on('drain', () => this.refresh());
    stream.on('error', () => stream.destroy());
    stream.once('close', () => screen.release());
  }

  /** Sends what has changed, if the viewer waits for it and takes it. */
  refresh(): void {
    const isBehind = this.#stream.writableLength > MOST_WAITING_BYTES;
    if (!this.#isReady || !this.#wantsUpdate || isBehind) return;
    const content = this.#screen.content();
    const rows = changedRows(this.#seen, content);
    const isSigned = this.#takesExtendedKeys;
    if (rows.length === 0 && !isSigned) return;
    this.#wantsUpdate = false;
    this.#takesExtendedKeys = false;
    this.#seen = content;
    this.#send(writeUpdate([...(isSigned ? [EXTENDED_KEYS] : []), ...this.#rectangles(rows)]));
  }

  /** Sends the last picture, asked for or not, and hangs up. */
  end(): void {
    this.#wantsUpdate = true;
    this.refresh();
    this.#hangUp();
  }

  /** Lets what was sent still reach the viewer. */
  #hangUp(): void {
    this.#isOver = true;
    this.#stream.end();
    setTimeout(() => this.#stream.destroy(), PARTING_MS).unref();
  }

  *#conversation(): Walk<never> {
    this.#send(writeVersion('3.8'));
    const version = readVersion(yield* read(VERSION_BYTES));
    yield* drop();
    yield* this.#security(version);
    yield* read(1);
    yield* drop();
    const size = { width: WIDTH, height: HEIGHT };
    const name = new TextEncoder().encode(this.#screen.name);
    this.#send(writeServerInit({ ...size, format: PIXEL_FORMAT_32, name }));
    this.#isReady = true;
    return yield* clientWalk((message) => this.#take(message), RFB_LIMITS);
  }

  *#security(version: RfbVersion): Walk {
    const { password } = this.#screen;
    const type = password === undefined ? SECURITY.none : SECURITY.vncAuth;
    if (version === '3.3') {
      this.#send(Uint8Array.from(u32(type)));
    } else {
      this.#send(writeSecurityTypes([type]));
      const [chosen] = yield* read(1);
      yield* drop();
      if (chosen !== type) throw refused();
    }
    if (password !== undefined) yield* this.#authenticate(password, version);
    else if (version === '3.8') this.#send(Uint8Array.from(SECURITY_RESULT.accepted));
  }

  *#authenticate(password: string, version: RfbVersion): Walk {
    const challenge = randomBytes(CHALLENGE_BYTES);
    this.#send(challenge);
    const answer = Buffer.from(yield* read(CHALLENGE_BYTES));
    yield* drop();
    if (timingSafeEqual(answer, vncAuthResponse(password, challenge))) {
      this.#send(Uint8Array.from(SECURITY_RESULT.accepted));
      return;
    }
    const reason = 'Authentication failed';
    const failed = Uint8Array.from(SECURITY_RESULT.failed);
    this.#send(version === '3.8' ? writeSecurityFailure(reason) : failed);
    throw refused();
  }

  #take(message: ClientMessage): void {
    switch (message.kind) {
      case 'pixel-format':
        this.#format = message.format;
        return;
      case 'encodings':
        this.#takesExtendedKeys = message.encodings.includes(ENCODING.extendedKeys);
        return;
      case 'update-request':
        this.#wantsUpdate = true;
        if (!message.isIncremental) this.#seen = undefined;
        break;
      case 'key':
        this.#screen.press(message.key);
        break;
      default:
        // Pointer, clipboard and sizes mean nothing to a text console.
        return;
    }
    this.refresh();
  }

  #rectangles(rows: readonly number[]): readonly RectangleContent[] {
    const picture = this.#seen && drawText(this.#seen);
    if (!picture) return [];
    return rows.map((row) => ({
      area: { x: 0, y: row * CELL.height, width: WIDTH, height: CELL.height },
      encoding: ENCODING.raw,
      body: rowPixels(picture, row, this.#format),
    }));
  }

  #send(bytes: Uint8Array): void {
    if (this.#stream.writable) this.#stream.write(bytes);
  }
}

const WIDTH = SCREEN_SIZE.columns * CELL.width;
const HEIGHT = SCREEN_SIZE.rows * CELL.height;

const EXTENDED_KEYS: RectangleContent = {
  area: { x: 0, y: 0, width: WIDTH, height: HEIGHT },
  encoding: ENCODING.extendedKeys,
  body: new Uint8Array(0),
};

function refused(): RfbFailureError {
  return new RfbFailureError({ code: 'refused', reason: 'Authentication failed' });
}
