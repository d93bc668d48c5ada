import { Duplex } from 'node:stream';
import { describe, expect, it } from 'vitest';
import type { PressedKey } from '../../../../../../agent/hypervisor/simulated/console/guest-keyboard.ts';
import {
  RfbViewer,
  type ViewedScreen,
} from '../../../../../../agent/hypervisor/simulated/console/rfb-viewer.ts';
import { drawText } from '../../../../../../agent/hypervisor/simulated/console/text-picture.ts';
import { TextScreen } from '../../../../../../agent/hypervisor/simulated/console/text-screen.ts';
import { writeClientMessage } from '../../../../../../core/rfb/client-messages.ts';
import { ENCODING } from '../../../../../../core/rfb/encodings.ts';
import { readU16 } from '../../../../../../core/rfb/integers.ts';
import { PIXEL_FORMAT_32, type PixelFormat } from '../../../../../../core/rfb/pixel-format.ts';
import { vncAuthResponse } from '../../../../../../node/rfb/vnc-auth.ts';

/** The server's end of a connection whose other end is this test. */
class Wire extends Duplex {
  #held = Buffer.alloc(0);
  /** Where what is written waits, while nothing is taken from the server. */
  delayed: (() => void)[] | undefined;

  override _read(): void {
    // What comes is pushed.
  }

  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.#held = Buffer.concat([this.#held, chunk]);
    if (this.delayed) this.delayed.push(done);
    else done();
  }

  say(bytes: Uint8Array): void {
    this.emit('data', Buffer.from(bytes));
  }

  sent(count = this.#held.length): Buffer {
    const taken = this.#held.subarray(0, count);
    this.#held = this.#held.subarray(count);
    return taken;
  }
}

function begin(password?: string) {
  const text = new TextScreen();
  const keys: PressedKey[] = [];
  const screen: ViewedScreen = {
    name: 'QEMU (web-01)',
    password,
    content: () => text.content,
    press: (key) => keys.push(key),
    release: () => undefined,
  };
  const wire = new Wire();
  const viewer = new RfbViewer(wire, screen);
  return { text, keys, wire, viewer };
}

const VERSION = Buffer.from('RFB 003.008\n');
const ALL = { x: 0, y: 0, width: 640, height: 400 };
const request = (isIncremental: boolean) =>
  writeClientMessage({ kind: 'update-request', isIncremental, area: ALL });

/** Up to the ServerInit. */
function shaken() {
  const begun = begin();
  const { wire } = begun;
  wire.sent(12);
  wire.say(VERSION);
  wire.sent();
  wire.say(Buffer.from([1, 1]));
  return begun;
}

interface Seen {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly encoding: number;
  readonly body: Buffer;
}

function rectangles(update: Buffer, bytesPerPixel = 4): readonly Seen[] {
  const found: Seen[] = [];
  let at = 4;
  for (let left = readU16(update, 2); left > 0; left -= 1) {
    const [x, y, width, height] = [0, 2, 4, 6].map((place) => readU16(update, at + place)) as [
      number,
      number,
      number,
      number,
    ];
    const encoding = update.readInt32BE(at + 8);
    const size = encoding === ENCODING.raw ? width * height * bytesPerPixel : 0;
    found.push({ x, y, width, height, encoding, body: update.subarray(at + 12, at + 12 + size) });
    at += 12 + size;
  }
  expect(at).toBe(update.length);
  return found;
}

describe('a viewer of a guest’s screen', () => {
  it('shakes hands without a password', () => {
    const { wire } = begin();
    expect(wire.sent().toString()).toBe('RFB 003.008\n');
    wire.say(VERSION);
    expect([...wire.sent()]).toEqual([1, 1]);
    wire.say(Buffer.from([1]));
    expect([...wire.sent()]).toEqual([0, 0, 0, 0]);
    wire.say(Buffer.from([1]));
    const init = wire.sent();
    expect([readU16(init, 0), readU16(init, 2), init.subarray(24).toString()]).toEqual([
      640,
      400,
      'QEMU (web-01)',
    ]);
  });

  it('speaks to viewers of the oldest version', () => {
    const { wire } = begin();
    wire.sent();
    wire.say(Buffer.from('RFB 003.003\n'));
    expect([...wire.sent()]).toEqual([0, 0, 0, 1]);
    wire.say(Buffer.from([1]));
    expect(wire.sent().subarray(24).toString()).toBe('QEMU (web-01)');
  });

  it('is let in with the right password', () => {
    const { wire } = begin('sesame');
    wire.sent();
    wire.say(VERSION);
    expect([...wire.sent()]).toEqual([1, 2]);
    wire.say(Buffer.from([2]));
    wire.say(vncAuthResponse('sesame', wire.sent()));
    expect([...wire.sent()]).toEqual([0, 0, 0, 0]);
  });

  it('is told that its password is wrong, and hears no more', () => {
    const { wire, keys } = begin('sesame');
    wire.sent();
    wire.say(VERSION);
    wire.say(Buffer.from([2]));
    wire.sent();
    wire.say(Buffer.alloc(16));
    const answer = wire.sent();
    expect(answer.subarray(0, 4)).toEqual(Buffer.from([0, 0, 0, 1]));
    expect(answer.subarray(8).toString()).toBe('Authentication failed');
    wire.say(writeClientMessage({ kind: 'key', key: { isDown: true, keysym: 0x61 } }));
    expect(keys).toEqual([]);
    expect(wire.writableEnded).toBe(true);
  });

  it('cannot leave the password out', () => {
    const { wire } = begin('sesame');
    wire.sent();
    wire.say(VERSION);
    wire.sent();
    wire.say(Buffer.from([1]));
    expect(wire.sent()).toHaveLength(0);
    expect(wire.writableEnded).toBe(true);
  });

  it('sees the same picture as a screenshot takes', () => {
    const { wire, text } = shaken();
    wire.sent();
    text.write('hello\nworld');
    wire.say(request(false));
    const seen = rectangles(wire.sent());
    const pixels = Buffer.concat(seen.map(({ body }) => body));
    const grey = Uint8Array.from({ length: 640 * 400 }, (_, index) => pixels[index * 4] ?? 0);
    expect(Buffer.from(grey).equals(drawText(text.content).data)).toBe(true);
  });

  it('is sent only the rows that changed, when they do', () => {
    const { wire, text, viewer } = shaken();
    wire.say(request(false));
    wire.sent();
    wire.say(request(true));
    const nothing = wire.sent();
    text.write('a\nb');
    viewer.refresh();
    const places = rectangles(wire.sent()).map(({ y, height }) => [y, height]);
    text.write('c');
    viewer.refresh();
    const unasked = wire.sent();
    expect([nothing.length, places, unasked.length]).toEqual([
      0,
      [
        [0, 16],
        [16, 16],
      ],
      0,
    ]);
  });

  it.each<[string, PixelFormat, number[]]>([
    [
      '16 bits, big end first',
      {
        ...PIXEL_FORMAT_32,
        bitsPerPixel: 16,
        depth: 16,
        isBigEndian: true,
        max: { red: 31, green: 63, blue: 31 },
        shift: { red: 11, green: 5, blue: 0 },
      },
      [0xbd, 0xf7],
    ],
    [
      '8 bits',
      {
        ...PIXEL_FORMAT_32,
        bitsPerPixel: 8,
        depth: 8,
        max: { red: 7, green: 7, blue: 3 },
        shift: { red: 0, green: 3, blue: 6 },
      },
      [0xad],
    ],
  ])('gets its pixels as it wants them: %s', (_name, format, ink) => {
    const { wire, text } = shaken();
    wire.sent();
    text.write('T');
    wire.say(writeClientMessage({ kind: 'pixel-format', format }));
    wire.say(request(false));
    const [first] = rectangles(wire.sent(), ink.length);
    expect([...first!.body.subarray(ink.length, 2 * ink.length)]).toEqual(ink);
  });

  it('is told that extended keys are understood, and its keys arrive with their scancodes', () => {
    const { wire, keys } = shaken();
    wire.sent();
    const encodings = [ENCODING.raw, ENCODING.extendedKeys];
    wire.say(writeClientMessage({ kind: 'encodings', encodings }));
    wire.say(request(false));
    expect(rectangles(wire.sent())[0]).toMatchObject({ encoding: ENCODING.extendedKeys });
    const key = { isDown: true, keysym: 0x61, scancode: 0x1e };
    wire.say(writeClientMessage({ kind: 'key', key }));
    wire.say(writeClientMessage({ kind: 'pointer', buttons: 1, x: 3, y: 4 }));
    wire.say(writeClientMessage({ kind: 'clipboard', text: 'hello' }));
    expect(keys).toEqual([key]);
  });

  it('is not sent more than it takes', () => {
    const { wire, text, viewer } = shaken();
    wire.sent();
    wire.delayed = [];
    for (let count = 0; count < 20; count += 1) {
      text.write(`${count}\n`);
      wire.say(request(false));
    }
    const atRest = wire.writableLength;
    expect(atRest).toBeLessThan(2_500_000);
    const held = wire.delayed;
    wire.delayed = undefined;
    for (const done of held) done();
    viewer.refresh();
    expect(wire.sent().length).toBeGreaterThan(1_000_000);
  });

  it('hangs up on what is no RFB, and harms nothing else', () => {
    const { wire } = begin();
    wire.say(Buffer.from('GET / HTTP/1.1\r\n\r\n'));
    expect(wire.writableEnded).toBe(true);
    const other = shaken();
    other.wire.say(Buffer.from([99]));
    expect(other.wire.writableEnded).toBe(true);
  });

  it('sees the last picture when the guest ends', () => {
    const { wire, text, viewer } = shaken();
    wire.say(request(false));
    wire.sent();
    text.write('Kernel panic');
    viewer.end();
    expect(rectangles(wire.sent())).toHaveLength(1);
    expect(wire.writableEnded).toBe(true);
  });
});
