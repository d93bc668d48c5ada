import { drop, read, type Walk } from './byte-walk.ts';
import type { ClientMessage } from './client-messages.ts';
import { latin1Text, readI32, readU16, readU32 } from './integers.ts';
import type { RfbLimits } from './limits.ts';
import { PIXEL_FORMAT_BYTES, readPixelFormat } from './pixel-format.ts';
import { malformed } from './rfb-failure.ts';

type Reader = (limits: RfbLimits) => Walk<ClientMessage>;

const MESSAGES: Readonly<Record<number, Reader>> = {
  0: pixelFormat,
  2: encodings,
  3: updateRequest,
  4: key,
  5: pointer,
  6: clipboard,
  150: () => ignored('continuous-updates', 9),
  248: fence,
  250: () => ignored('xvp', 3),
  251: desktopSize,
  255: extendedKey,
};

/**
 * Reads what a viewer says after its ClientInit, message by message. Throws `RfbFailureError` for
 * what is none.
 */
export function* clientWalk(
  onMessage: (message: ClientMessage) => void,
  limits: RfbLimits,
): Walk<never> {
  for (;;) {
    const [type = 0] = yield* read(1);
    const reader = MESSAGES[type];
    if (reader === undefined) throw malformed(`a viewer’s message of type ${type}`);
    const message = yield* reader(limits);
    yield* drop();
    onMessage(message);
  }
}

function* ignored(what: string, bytes: number): Walk<ClientMessage> {
  yield* drop(bytes);
  return { kind: 'ignored', what };
}

function* pixelFormat(): Walk<ClientMessage> {
  const body = yield* read(3 + PIXEL_FORMAT_BYTES);
  return { kind: 'pixel-format', format: readPixelFormat(body.subarray(3)) };
}

function* encodings(limits: RfbLimits): Walk<ClientMessage> {
  const count = readU16(yield* read(3), 1);
  if (count > limits.encodings) throw malformed(`a list of ${count} encodings`);
  const body = yield* read(count * 4);
  const list = Array.from({ length: count }, (_none, index) => readI32(body, index * 4));
  return { kind: 'encodings', encodings: list };
}

function* updateRequest(): Walk<ClientMessage> {
  const body = yield* read(9);
  const [x, y] = [readU16(body, 1), readU16(body, 3)];
  const area = { x, y, width: readU16(body, 5), height: readU16(body, 7) };
  return { kind: 'update-request', isIncremental: body[0] !== 0, area };
}

function* key(): Walk<ClientMessage> {
  const body = yield* read(7);
  return { kind: 'key', key: { isDown: body[0] !== 0, keysym: readU32(body, 3) } };
}

function* pointer(): Walk<ClientMessage> {
  const body = yield* read(5);
  return { kind: 'pointer', buttons: body[0] ?? 0, x: readU16(body, 1), y: readU16(body, 3) };
}

function* clipboard(limits: RfbLimits): Walk<ClientMessage> {
  const length = readI32(yield* read(7), 3);
  const size = Math.abs(length);
  if (size > limits.clipboardBytes) {
    yield* drop(size);
    return { kind: 'ignored', what: 'clipboard' };
  }
  const body = yield* read(size);
  if (length >= 0) return { kind: 'clipboard', text: latin1Text(body) };
  if (size < 4) throw malformed('an extended clipboard without flags');
  return { kind: 'extended-clipboard', flags: readU32(body, 0), payload: body.slice(4) };
}

function* fence(): Walk<ClientMessage> {
  const head = yield* read(8);
  return yield* ignored('fence', head[7] ?? 0);
}

function* desktopSize(): Walk<ClientMessage> {
  const head = yield* read(7);
  const screens = yield* read((head[5] ?? 0) * 16);
  const [width, height] = [readU16(head, 1), readU16(head, 3)];
  return { kind: 'desktop-size', width, height, screens: screens.slice() };
}

function* extendedKey(): Walk<ClientMessage> {
  const body = yield* read(11);
  if (body[0] !== 0) throw malformed(`a message of QEMU’s of type ${body[0] ?? 0}`);
  const [keysym, scancode] = [readU32(body, 3), readU32(body, 7)];
  return { kind: 'key', key: { isDown: readU16(body, 1) !== 0, keysym, scancode } };
}
