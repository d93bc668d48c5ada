import * as v from 'valibot';
import {
  GO_ON_BELOW_BYTES,
  MOST_SENT_BYTES,
  STOP_ABOVE_BYTES,
  StreamAcknowledgement,
} from '../../core/contract/stream-port.ts';

/** What we use of a message port, of Electron's or of Node's. */
export interface BytePort {
  postMessage(message: unknown): void;
  close(): void;
}

/** A port as it comes with an order: messages of the page, and its end. */
export interface PagePort extends BytePort {
  /** Calls back for each message of the page, and once when the page is gone. */
  listen(onMessage: (message: unknown) => void, onClose: () => void): void;
}

/** Sends bytes to a page no faster than it takes them, and takes what the page sends. */
export class PortFlow {
  readonly #port: BytePort;
  readonly #setPaused: (isPaused: boolean) => void;
  #outstanding = 0;
  #isPaused = false;

  /** `setPaused` stops and restarts the source of the bytes. */
  constructor(port: BytePort, setPaused: (isPaused: boolean) => void) {
    this.#port = port;
    this.#setPaused = setPaused;
  }

  send(bytes: Uint8Array): void {
    this.#outstanding += bytes.length;
    this.#port.postMessage(bytes);
    if (!this.#isPaused && this.#outstanding > STOP_ABOVE_BYTES) this.#pause(true);
  }

  /** The bytes in a message of the page; undefined for one that only says what was taken. */
  receive(message: unknown): Uint8Array | undefined {
    if (message instanceof Uint8Array)
      return message.length > MOST_SENT_BYTES ? undefined : message;
    const said = v.safeParse(StreamAcknowledgement, message);
    if (!said.success) return undefined;
    this.#outstanding = Math.max(0, this.#outstanding - said.output.taken);
    if (this.#isPaused && this.#outstanding < GO_ON_BELOW_BYTES) this.#pause(false);
    return undefined;
  }

  #pause(isPaused: boolean): void {
    this.#isPaused = isPaused;
    this.#setPaused(isPaused);
  }
}
