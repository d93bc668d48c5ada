import { drop, forward, read, type Walk } from './byte-walk.ts';
import { ENCODING } from './encodings.ts';
import { readI32, readU16 } from './integers.ts';
import type { RfbLimits } from './limits.ts';
import type { PixelFormat } from './pixel-format.ts';
import { rectangleBody, type Rectangle } from './rectangle-walk.ts';
import { malformed } from './rfb-failure.ts';
import { checkScreen } from './server-init.ts';

/** What is worth knowing of what a server says. */
export type ServerEvent =
  /** A whole framebuffer update went by. */
  | { readonly kind: 'updated' }
  /** The server takes QEMU's extended key events. */
  | { readonly kind: 'extended-keys' };

/** What the walk over a server's messages stands on. */
export interface ServerWalkOptions {
  readonly limits: RfbLimits;
  /** The format that the viewer last asked for. */
  readonly format: () => PixelFormat;
  readonly onEvent: (event: ServerEvent) => void;
  /**
   * Judges whether a clipboard goes by now; what does not is left out, or comes later. An extended one has
   * its flags first, and only one who can inflate it knows how large it is.
   */
  readonly acceptsClipboard: (body: Uint8Array, isExtended: boolean) => boolean;
  /** Called with true where one message ended and none has begun, and with false once one has. */
  readonly onBorder: (isBetween: boolean) => void;
}

const MESSAGES: Readonly<Record<number, (options: ServerWalkOptions) => Walk>> = {
  0: update,
  1: colourMap,
  2: () => forward(),
  3: clipboard,
  150: () => drop(),
  248: fence,
  250: () => drop(3),
};

/**
 * Follows what a server says after its ServerInit, and lets through what a page can bear. Throws
 * `RfbFailureError` for what is beyond the limits or no RFB.
 */
export function* serverWalk(options: ServerWalkOptions): Walk<never> {
  for (;;) {
    options.onBorder(true);
    const [type = 0] = yield* read(1);
    options.onBorder(false);
    const message = MESSAGES[type];
    if (message === undefined) throw malformed(`a server’s message of type ${type}`);
    yield* message(options);
  }
}

function* update(options: ServerWalkOptions): Walk {
  const count = readU16(yield* read(3), 1);
  yield* forward();
  for (let index = 0; index < count; index += 1) {
    const rectangle = readRectangle(yield* read(12));
    checkRectangle(rectangle, options.limits);
    yield* rectangleBody(rectangle, options.format(), options.limits);
    if (rectangle.encoding === ENCODING.extendedKeys) options.onEvent({ kind: 'extended-keys' });
    // The number of rectangles was not known at the beginning.
    if (rectangle.encoding === ENCODING.lastRect) break;
  }
  options.onEvent({ kind: 'updated' });
}

/** Reads the twelve bytes before a rectangle's body. */
export function readRectangle(bytes: Uint8Array): Rectangle {
  return {
    x: readU16(bytes, 0),
    y: readU16(bytes, 2),
    width: readU16(bytes, 4),
    height: readU16(bytes, 6),
    encoding: readI32(bytes, 8),
  };
}

function checkRectangle({ width, height }: Rectangle, limits: RfbLimits): void {
  checkScreen(width, height, limits);
}

function* colourMap(): Walk {
  const colours = readU16(yield* read(5), 3);
  yield* forward(colours * 6);
}

function* clipboard({ limits, acceptsClipboard }: ServerWalkOptions): Walk {
  const length = readI32(yield* read(7), 3);
  const size = Math.abs(length);
  if (size > limits.clipboardBytes) {
    yield* drop(size);
    return;
  }
  const body = yield* read(size);
  const isGood = (length >= 0 || size >= 4) && acceptsClipboard(body, length < 0);
  if (isGood) yield* forward();
  else yield* drop();
}

function* fence(): Walk {
  const head = yield* read(8);
  yield* drop(head[7] ?? 0);
}
