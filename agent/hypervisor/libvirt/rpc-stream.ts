import { Duplex } from 'node:stream';
import type { HypervisorError } from '../hypervisor-error.ts';
import { FRAME_STATUS, type Frame } from './frame.ts';
import { readRemoteError } from './remote-error.ts';

/** What a stream needs of its connection, which is its alone. */
export interface StreamConnection {
  send(status: number, payload: Uint8Array, sent: () => void): void;
  /** Reads no more from the daemon, or again. */
  pause(): void;
  resume(): void;
  close(message: string): void;
}

/** As much as the oldest daemons take in one packet, and some room (virnetprotocol). */
const MOST_PACKET_BYTES = 65_536;
/** What the daemon may send ahead of its reader, before it is not read any further. */
const MOST_AHEAD_BYTES = 1_048_576;
const EMPTY = new Uint8Array(0);

/** A stream of libvirt's RPC as Node has streams; its connection ends with it. */
export class RpcStream extends Duplex {
  readonly #name: string;
  readonly #connection: StreamConnection;
  #hasEnded = false;

  constructor(name: string, connection: StreamConnection) {
    super({ readableHighWaterMark: MOST_AHEAD_BYTES, allowHalfOpen: false });
    this.#name = name;
    this.#connection = connection;
  }

  /** Takes a packet of the daemon's. */
  receive({ status, payload }: Frame): void {
    if (status === FRAME_STATUS.error) {
      this.#hasEnded = true;
      this.destroy(new Error(readRemoteError(payload, this.#name).message));
    } else if (status === FRAME_STATUS.ok || payload.length === 0) {
      this.#hasEnded = true;
      this.push(null);
    } else if (!this.push(payload)) {
      this.#connection.pause();
    }
  }

  /** The connection is over. */
  lose(error: HypervisorError): void {
    if (this.#hasEnded || this.destroyed) return;
    this.#hasEnded = true;
    this.destroy(new Error(error.message));
  }

  override _read(): void {
    this.#connection.resume();
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: () => void): void {
    const [head, rest] = [chunk.subarray(0, MOST_PACKET_BYTES), chunk.subarray(MOST_PACKET_BYTES)];
    this.#connection.send(FRAME_STATUS.continue, head, () => {
      if (rest.length === 0) done();
      else this._write(rest, _encoding, done);
    });
  }

  override _final(done: () => void): void {
    this.#connection.send(FRAME_STATUS.ok, EMPTY, done);
  }

  override _destroy(cause: Error | null, done: (cause: Error | null) => void): void {
    this.#hasEnded = true;
    this.#connection.close('The stream was closed');
    done(cause);
  }
}
