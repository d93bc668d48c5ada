import type { Duplex } from 'node:stream';
import type { BytePort } from '../port-flow.ts';
import { PortFlow } from '../port-flow.ts';

export interface TerminalSize {
  readonly columns: number;
  readonly rows: number;
}

/** How a terminal ended; without a failure the other side ended it. */
export interface TerminalEnd<Failure> {
  readonly exitCode?: number;
  readonly failure?: Failure;
}

/** The other side of a terminal, once it is reached. */
export interface TerminalPeer<Failure> {
  readonly duplex: Duplex;
  /** Resolves when it has ended. */
  readonly ended: Promise<TerminalEnd<Failure>>;
  /** How much of what was typed waits until the other side takes it, in bytes. */
  unsentBytes(): number;
  /** What is said where it takes nothing any more. */
  readonly unread: Failure;
  resize(size: TerminalSize): void;
  close(): void;
}

/** More than this unsent means that the other side reads no more. */
const UNSENT_BYTES = 4 * 1024 * 1024;

export interface TerminalReach<Failure> {
  connect(size: TerminalSize, signal: AbortSignal): Promise<TerminalPeer<Failure>>;
  /** The failure that `connect` threw; what is none of these is a bug. */
  failureOf(cause: unknown): Failure | undefined;
}

export interface TerminalEvents<Failure> {
  opened(): void;
  /** Told once. */
  ended(end: TerminalEnd<Failure>): void;
}

/** A terminal between a page's port and what is reached, in the streams process. */
export class TerminalStream<Failure> {
  readonly #events: TerminalEvents<Failure>;
  readonly #port: BytePort;
  readonly #flow: PortFlow;
  readonly #aborter = new AbortController();
  #size: TerminalSize;
  #peer: TerminalPeer<Failure> | undefined;
  #hasEnded = false;

  constructor(size: TerminalSize, port: BytePort, events: TerminalEvents<Failure>) {
    this.#size = size;
    this.#port = port;
    this.#events = events;
    this.#flow = new PortFlow(port, (isPaused) => this.#setPaused(isPaused));
  }

  async open(reach: TerminalReach<Failure>): Promise<void> {
    try {
      const peer = await reach.connect(this.#size, this.#aborter.signal);
      this.#begin(peer);
      this.#end(await peer.ended);
    } catch (cause) {
      const failure = reach.failureOf(cause);
      if (failure === undefined) throw cause;
      this.#end({ failure });
    }
  }

  /** Takes a message of the page. */
  takeFromPage(message: unknown): void {
    const bytes = this.#flow.receive(message);
    const peer = this.#peer;
    if (bytes === undefined || !peer || this.#hasEnded) return;
    peer.duplex.write(bytes);
    if (peer.unsentBytes() <= UNSENT_BYTES) return;
    this.#end({ failure: peer.unread });
    peer.close();
  }

  resize(size: TerminalSize): void {
    this.#size = size;
    this.#peer?.resize(size);
  }

  /** Leaves the other side. */
  close(): void {
    this.#aborter.abort();
    this.#peer?.close();
    this.#end({});
  }

  #begin(peer: TerminalPeer<Failure>): void {
    if (this.#hasEnded) {
      peer.close();
      return;
    }
    this.#peer = peer;
    // It may have been resized while it was reached.
    peer.resize(this.#size);
    peer.duplex.on('data', (chunk: Buffer) => this.#flow.send(Uint8Array.from(chunk)));
    // How it ended comes with `ended`.
    peer.duplex.on('error', () => undefined);
    this.#events.opened();
  }

  #setPaused(isPaused: boolean): void {
    if (isPaused) this.#peer?.duplex.pause();
    else this.#peer?.duplex.resume();
  }

  #end(end: TerminalEnd<Failure>): void {
    if (this.#hasEnded) return;
    this.#hasEnded = true;
    this.#events.ended(end);
    this.#port.close();
  }
}
