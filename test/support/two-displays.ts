import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import net from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** What the machine needs for a virtual desktop with several displays. */
export const TWO_DISPLAYS_PROGRAMS = ['Xvnc', 'xrandr'];

/** A display of the virtual desktop, in pixels. */
export interface Output {
  readonly id: number;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Two displays side by side, as most desks have them. */
export const BOTH: readonly [Output, Output] = [
  { id: 0, x: 0, y: 0, width: 1280, height: 800 },
  { id: 1, x: 1280, y: 0, width: 1280, height: 800 },
];

/** ExtendedDesktopSize of RFC 6143's registry: the server takes SetDesktopSize, and tells of sizes. */
const EXTENDED_DESKTOP_SIZE = -308;
const REASON_THIS_CLIENT = 1;

/** A TigerVNC X server whose outputs are plugged in and out, with a real pointer. */
export class TwoDisplays {
  /** For the environment variable DISPLAY. */
  readonly name: string;
  readonly #server: ChildProcess;
  readonly #folder: string;
  readonly #viewer: Viewer;

  private constructor(name: string, server: ChildProcess, folder: string, viewer: Viewer) {
    this.name = name;
    this.#server = server;
    this.#folder = folder;
    this.#viewer = viewer;
  }

  static async start(outputs: readonly Output[]): Promise<TwoDisplays> {
    const folder = await mkdtemp(path.join(tmpdir(), 'archipel-displays-'));
    const socket = path.join(folder, 'rfb');
    const args = ['-displayfd', '3', '-rfbport', '-1', '-rfbunixpath', socket];
    const rest = ['-SecurityTypes', 'None', '-geometry', '1280x800', '-depth', '24'];
    const server = spawn(
      'Xvnc',
      [...args, ...rest, '-nolisten', 'tcp', '-AcceptSetDesktopSize=1'],
      {
        stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
      },
    );
    let complaint = '';
    server.stderr?.on('data', (chunk: Buffer) => (complaint += chunk.toString()));
    const number = await new Promise<string>((resolve, reject) => {
      server.once('exit', () => reject(new Error(`Xvnc ended: ${complaint}`)));
      server.stdio[3]?.once('data', (chunk: Buffer) => resolve(chunk.toString().trim()));
    });
    const viewer = await Viewer.connect(socket);
    const displays = new TwoDisplays(`:${number}`, server, folder, viewer);
    await displays.show(outputs);
    return displays;
  }

  /** Plugs in exactly these outputs and waits until the server has them. */
  async show(outputs: readonly Output[]): Promise<void> {
    await this.#viewer.setDesktop(outputs);
  }

  /** Moves the pointer there with these buttons held; 1 is the left one. */
  async point(x: number, y: number, buttons: number): Promise<void> {
    await this.#viewer.point(x, y, buttons);
  }

  async stop(): Promise<void> {
    this.#viewer.close();
    const gone = once(this.#server, 'exit');
    this.#server.kill('SIGTERM');
    await gone;
    await rm(this.#folder, { recursive: true, force: true });
  }
}

/** As much of a VNC client as changing the desktop and moving the pointer takes (RFC 6143). */
class Viewer {
  readonly #socket: net.Socket;
  #bytes = Buffer.alloc(0);
  #wake: (() => void) | undefined;

  private constructor(socket: net.Socket) {
    this.#socket = socket;
    socket.on('data', (chunk) => {
      this.#bytes = Buffer.concat([this.#bytes, chunk]);
      this.#wake?.();
    });
  }

  static async connect(socketPath: string): Promise<Viewer> {
    const socket = net.connect(socketPath);
    await once(socket, 'connect');
    const viewer = new Viewer(socket);
    await viewer.#shakeHands();
    return viewer;
  }

  close(): void {
    this.#socket.destroy();
  }

  async setDesktop(outputs: readonly Output[]): Promise<void> {
    const message = Buffer.alloc(8 + 16 * outputs.length);
    message[0] = 251;
    message.writeUInt16BE(Math.max(...outputs.map(({ x, width }) => x + width)), 2);
    message.writeUInt16BE(Math.max(...outputs.map(({ y, height }) => y + height)), 4);
    message[6] = outputs.length;
    outputs.forEach((output, at) => {
      const start = 8 + 16 * at;
      message.writeUInt32BE(output.id, start);
      message.writeUInt16BE(output.x, start + 4);
      message.writeUInt16BE(output.y, start + 6);
      message.writeUInt16BE(output.width, start + 8);
      message.writeUInt16BE(output.height, start + 10);
    });
    this.#socket.write(message);
    await this.#desktopAnswer();
  }

  async point(x: number, y: number, buttons: number): Promise<void> {
    const message = Buffer.alloc(6);
    message[0] = 5;
    message[1] = buttons;
    message.writeUInt16BE(x, 2);
    message.writeUInt16BE(y, 4);
    await new Promise((sent) => this.#socket.write(message, sent));
  }

  async #shakeHands(): Promise<void> {
    await this.#take(12);
    this.#socket.write('RFB 003.008\n');
    const [types = 0] = await this.#take(1);
    await this.#take(types);
    this.#socket.write(Buffer.from([1]));
    await this.#take(4);
    this.#socket.write(Buffer.from([1]));
    const head = await this.#take(24);
    await this.#take(head.readUInt32BE(20));
    const encodings = Buffer.alloc(8);
    encodings[0] = 2;
    encodings.writeUInt16BE(1, 2);
    encodings.writeInt32BE(EXTENDED_DESKTOP_SIZE, 4);
    this.#socket.write(encodings);
    await this.#ask();
    await this.#rectangles();
  }

  /** Asks for one pixel: what is drawn does not matter, changes of the size come all the same. */
  async #ask(): Promise<void> {
    const request = Buffer.alloc(10);
    request[0] = 3;
    request[1] = 1;
    request.writeUInt16BE(1, 6);
    request.writeUInt16BE(1, 8);
    this.#socket.write(request);
  }

  /** Reads on until the server says what became of our change of the desktop. */
  async #desktopAnswer(): Promise<void> {
    for (;;) {
      await this.#ask();
      for (const { reason, status } of await this.#rectangles()) {
        if (reason !== REASON_THIS_CLIENT) continue;
        if (status !== 0) throw new Error(`Xvnc refused the desktop with status ${status}`);
        return;
      }
    }
  }

  /** The changes of the desktop within the next update. */
  async #rectangles(): Promise<readonly { readonly reason: number; readonly status: number }[]> {
    const head = await this.#take(4);
    if (head[0] !== 0) throw new Error(`Xvnc sent a message of type ${head[0]}`);
    const changes = [];
    for (let left = head.readUInt16BE(2); left > 0; left -= 1) {
      const rectangle = await this.#take(12);
      const encoding = rectangle.readInt32BE(8);
      if (encoding === EXTENDED_DESKTOP_SIZE) {
        const [screens = 0] = await this.#take(4);
        await this.#take(16 * screens);
        changes.push({ reason: rectangle.readUInt16BE(0), status: rectangle.readUInt16BE(2) });
      } else {
        await this.#take(rectangle.readUInt16BE(4) * rectangle.readUInt16BE(6) * 4);
      }
    }
    return changes;
  }

  async #take(count: number): Promise<Buffer> {
    while (this.#bytes.length < count) {
      await new Promise<void>((wake) => (this.#wake = wake));
    }
    const taken = this.#bytes.subarray(0, count);
    this.#bytes = this.#bytes.subarray(count);
    return taken;
  }
}
