import { EventEmitter } from 'node:events';
import type { Duplex } from 'node:stream';

/** What the XMPP library takes for a socket, over any duplex: TCP, TLS or memory. */
export class StreamSocket extends EventEmitter {
  readonly duplex: Duplex;
  /** The library's name for it. */
  readonly secure: boolean;
  readonly #onData = (data: Buffer): boolean => this.emit('data', data);
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

  constructor(duplex: Duplex, isSecure: boolean) {
    super();
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
    return this.duplex;
  }

  write(text: string, done: (cause?: Error | null) => void): void {
    this.duplex.write(text, done);
  }

  end(): void {
    this.duplex.end();
  }
}
