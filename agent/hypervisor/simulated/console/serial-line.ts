import { Duplex } from 'node:stream';
import { GuestShell, type ShellSurroundings } from './guest-shell.ts';

/** The most that a guest may be ahead of who reads its serial line; the rest is lost, as on a real one. */
const MOST_AHEAD_BYTES = 65_536;

/** One end of a guest's serial line: a login of its own, without a screen. */
class SerialSession extends Duplex {
  readonly #shell: GuestShell;
  readonly #isDeaf: () => boolean;

  constructor(surroundings: Omit<ShellSurroundings, 'print'>, isDeaf: () => boolean) {
    super({ allowHalfOpen: false });
    this.#isDeaf = isDeaf;
    this.#shell = new GuestShell({ ...surroundings, print: (text) => this.print(text) });
  }

  greet(): void {
    this.#shell.greet();
  }

  print(text: string): void {
    if (this.destroyed || this.readableEnded || this.readableLength > MOST_AHEAD_BYTES) return;
    // A terminal does not go to the beginning of the line by itself; clearing it is an order.
    const sent = text.replaceAll('\n', '\r\n').replaceAll('\f', '\x1b[2J\x1b[H');
    this.push(Buffer.from(sent, 'latin1'));
  }

  override _read(): void {
    // What the guest prints is pushed.
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: () => void): void {
    if (!this.#isDeaf()) this.#shell.type(chunk.toString('latin1'));
    done();
  }
}

/** The serial line of a guest, which one at a time can use. */
export class SerialLine {
  readonly #surroundings: Omit<ShellSurroundings, 'print'>;
  readonly #isPaused: () => boolean;
  #session: SerialSession | undefined;

  constructor(surroundings: Omit<ShellSurroundings, 'print'>, isPaused: () => boolean) {
    this.#surroundings = surroundings;
    this.#isPaused = isPaused;
  }

  get isTaken(): boolean {
    return this.#session !== undefined && !this.#session.destroyed;
  }

  /** Opens it; who had it before loses it. */
  open(): Duplex {
    this.stop();
    const session = new SerialSession(this.#surroundings, this.#isPaused);
    this.#session = session;
    session.once('close', () => {
      if (this.#session === session) this.#session = undefined;
    });
    session.greet();
    return session;
  }

  announce(text: string): void {
    this.#session?.print(`\n${text}\n`);
  }

  stop(): void {
    this.#session?.push(null);
    this.#session = undefined;
  }
}
