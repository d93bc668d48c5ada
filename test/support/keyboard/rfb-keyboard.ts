import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import type { KeyEvent, KeysymEvent } from '../../../core/keyboard/key-event.ts';

const VERSION = 'RFB 003.008\n';
const NO_SECURITY = 1;
const KEY_EVENT = 4;
const QEMU_MESSAGE = 255;
const EXTENDED_KEY_EVENT = 0;

/** As much of an RFB client (RFC 6143) as presses keys: no picture, no password. */
export class RfbKeyboard {
  readonly #socket: Socket;

  private constructor(socket: Socket) {
    this.#socket = socket;
  }

  static async connect(path: string): Promise<RfbKeyboard> {
    const socket = connect(path);
    await once(socket, 'connect');
    const read = reader(socket);
    await read(VERSION.length);
    socket.write(VERSION);
    const [kinds = 0] = await read(1);
    const offered = await read(kinds);
    if (!offered.includes(NO_SECURITY)) throw new Error('The server wants a password');
    socket.write(Buffer.of(NO_SECURITY));
    if ((await read(4)).readUInt32BE() !== 0) throw new Error('The server refused us');
    // Shared with others.
    socket.write(Buffer.of(1));
    const init = await read(24);
    await read(init.readUInt32BE(20));
    socket.resume();
    return new RfbKeyboard(socket);
  }

  /** Presses keys by their scancodes, and says nothing of what they mean. */
  sendKeys(events: readonly KeyEvent[]): void {
    for (const { scancode, down } of events) {
      const message = Buffer.alloc(12);
      message.set([QEMU_MESSAGE, EXTENDED_KEY_EVENT]);
      message.writeUInt16BE(down ? 1 : 0, 2);
      message.writeUInt32BE(scancode, 8);
      this.#socket.write(message);
    }
  }

  sendKeysyms(events: readonly KeysymEvent[]): void {
    for (const { keysym, down } of events) {
      const message = Buffer.alloc(8);
      message.set([KEY_EVENT, down ? 1 : 0]);
      message.writeUInt32BE(keysym, 4);
      this.#socket.write(message);
    }
  }

  close(): void {
    this.#socket.destroy();
  }
}

/** Reads so many bytes, as soon as they are there. */
function reader(socket: Socket): (length: number) => Promise<Buffer> {
  return async (length) => {
    if (length === 0) return Buffer.alloc(0);
    for (;;) {
      const bytes = socket.read(length) as Buffer | null;
      if (bytes !== null) return bytes;
      await once(socket, 'readable');
    }
  };
}
