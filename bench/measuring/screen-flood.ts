import { type AddressInfo, createServer, type Socket } from 'node:net';
import { writeClientMessage } from '../../core/rfb/client-messages.ts';
import { writeSecurityTypes, writeVersion } from '../../core/rfb/handshake.ts';
import { u16, u32 } from '../../core/rfb/integers.ts';
import { PIXEL_FORMAT_32 } from '../../core/rfb/pixel-format.ts';
import { writeServerInit } from '../../core/rfb/server-init.ts';
import { writeUpdate } from '../../core/rfb/server-messages.ts';

const SIDE = 1024;
const AREA = { x: 0, y: 0, width: SIDE, height: SIDE };
const RAW = 0;
const UPDATE = writeUpdate([{ area: AREA, encoding: RAW, body: new Uint8Array(SIDE * SIDE * 4) }]);
const VERSION = writeVersion('3.8');
const NO_SECURITY = writeSecurityTypes([1]);
const INIT = writeServerInit({
  ...{ width: SIDE, height: SIDE, format: PIXEL_FORMAT_32 },
  name: Buffer.from('flood'),
});
/** A request of a whole screen begins so (RFC 6143, section 7.5.3) and takes ten bytes. */
const REQUEST = [3, 0, ...u16(0), ...u16(0), ...u16(SIDE), ...u16(SIDE)];

/** A screen of 1024 × 1024, all of which changed whenever it is asked for: raw, four bytes a pixel. */
export class ScreenFlood {
  readonly port: number;
  readonly #close: () => Promise<void>;

  private constructor(port: number, close: () => Promise<void>) {
    this.port = port;
    this.#close = close;
  }

  static async start(): Promise<ScreenFlood> {
    const open = new Set<Socket>();
    const server = createServer((socket) => {
      open.add(socket);
      serve(socket);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
    return new ScreenFlood((server.address() as AddressInfo).port, async () => {
      for (const socket of open) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    });
  }

  stop(): Promise<void> {
    return this.#close();
  }
}

function serve(socket: Socket): void {
  socket.setNoDelay(true);
  socket.on('error', () => socket.destroy());
  socket.write(VERSION);
  socket.write(NO_SECURITY);
  socket.write(Uint8Array.from(u32(0)));
  socket.write(INIT);
  // What a viewer says before its first request is shorter than eleven requests, and has no such bytes.
  const wanted = Buffer.from(REQUEST);
  let left = Buffer.alloc(0);
  socket.on('data', (chunk: Buffer) => {
    left = Buffer.concat([left, chunk]);
    for (let at = left.indexOf(wanted); at >= 0; at = left.indexOf(wanted)) {
      left = left.subarray(at + wanted.length);
      socket.write(UPDATE);
    }
  });
}

/** A viewer that draws nothing: asks for the screen as soon as it has all of it. */
export class FloodViewer {
  readonly #send: (bytes: Uint8Array) => void;
  readonly #steps: { readonly length: number; readonly answer: Uint8Array }[];
  #missing: number;
  #received = 0;
  #goal = Number.POSITIVE_INFINITY;
  #reached: () => void = () => undefined;

  constructor(send: (bytes: Uint8Array) => void) {
    this.#send = send;
    this.#steps = [
      { length: VERSION.length, answer: VERSION },
      { length: NO_SECURITY.length, answer: Uint8Array.of(1) },
      { length: 4, answer: Uint8Array.of(1) },
      { length: INIT.length, answer: request() },
    ];
    this.#missing = this.#steps[0]?.length ?? 0;
  }

  take({ length }: Uint8Array): void {
    this.#received += length;
    let left = length;
    while (left >= this.#missing) {
      left -= this.#missing;
      const step = this.#steps.shift();
      this.#send(step?.answer ?? request());
      this.#missing = this.#steps[0]?.length ?? UPDATE.length;
    }
    this.#missing -= left;
    if (this.#received >= this.#goal) this.#reached();
  }

  /** Megabytes a second, until so many bytes more have come. */
  async speed(bytes: number): Promise<number> {
    const [before, began] = [this.#received, performance.now()];
    this.#goal = before + bytes;
    await new Promise<void>((resolve) => (this.#reached = resolve));
    return (this.#received - before) / 1000 / (performance.now() - began);
  }
}

function request(): Uint8Array {
  return writeClientMessage({ kind: 'update-request', isIncremental: false, area: AREA });
}
