import { EventEmitter } from 'node:events';
import type { Duplex } from 'node:stream';

/** So long what comes may be read in one turn of the event loop; others have theirs before the next. */
const BUDGET_MS = 8;

/**
 * What the XMPP library takes for a socket, over any duplex: TCP, TLS or memory. A socket hands over
 * megabytes in one go where they have come; they are read in turns.
 */
export class StreamSocket extends EventEmitter {
  readonly duplex: Duplex;
  /** The library's name for it. */
  readonly secure: boolean;
  readonly #now: () => number;
  /** When reading began in this turn of the event loop; undefined where nothing has come in it. */
  #readingSince: number | undefined;
  #isHeldBack = false;
  readonly #onData = (data: Buffer): void => {
    const began = (this.#readingSince ??= this.#beginTurn());
    this.emit('data', data);
    if (this.#now() - began < BUDGET_MS || this.#isHeldBack) return;
    this.#isHeldBack = true;
    this.duplex.pause();
  };
  readonly #onError = (cause: Error): boolean => this.emit('error', cause);
  readonly #onEnd = (): void => {
    this.duplex.end();
    // A server that half-closes and then stays would keep a dead link open.
    this.duplex.destroy();
  };
  readonly #onClose = (): void => {
    this.release();
    this.emit('close');
  };

  /** `now` tells the time in milliseconds. */
  constructor(duplex: Duplex, isSecure: boolean, now = (): number => performance.now()) {
    super();
    this.#now = now;
    this.duplex = duplex;
    this.secure = isSecure;
    duplex.on('data', this.#onData);
    duplex.on('error', this.#onError);
    duplex.on('end', this.#onEnd);
    duplex.on('close', this.#onClose);
  }

  /** Gives the duplex back, so that TLS can take it over. */
  release(): Duplex {
    this.duplex.off('data', this.#onData);
    this.duplex.off('error', this.#onError);
    this.duplex.off('end', this.#onEnd);
    this.duplex.off('close', this.#onClose);
    this.#goOn();
    return this.duplex;
  }

  write(text: string, done: (cause?: Error | null) => void): void {
    this.duplex.write(text, done);
  }

  end(): void {
    this.duplex.end();
  }

  #beginTurn(): number {
    setImmediate(() => {
      this.#readingSince = undefined;
      this.#goOn();
    });
    return this.#now();
  }

  #goOn(): void {
    if (!this.#isHeldBack) return;
    this.#isHeldBack = false;
    this.duplex.resume();
  }
}
