import { Duplex } from 'node:stream';

class PairedEnd extends Duplex {
  #peer: PairedEnd | undefined;
  #resume: (() => void) | undefined;

  constructor() {
    // As with a socket, the end of one side is answered with the end of the other.
    super({ allowHalfOpen: false });
  }

  join(peer: PairedEnd): void {
    this.#peer = peer;
  }

  override _read(): void {
    const resume = this.#resume;
    this.#resume = undefined;
    resume?.();
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: () => void): void {
    this.#pass(chunk, done);
  }

  override _writev(chunks: { readonly chunk: Buffer }[], done: () => void): void {
    this.#pass(Buffer.concat(chunks.map(({ chunk }) => chunk)), done);
  }

  override _final(done: () => void): void {
    this.#pass(null, done);
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    const peer = this.#peer;
    this.#peer = undefined;
    // The other end sees what a socket shows when its peer is gone; after a good end it may still read the rest.
    const isComplete = this.readableEnded && this.writableFinished;
    if (peer && !isComplete) setImmediate(() => peer.destroy());
    done(error);
  }

  /** Takes what the other end wrote; `done` is called when there is room for more. */
  receive(chunk: Buffer | null, done: () => void): void {
    // A slow reader holds the writer back, as a socket would.
    if (this.push(chunk) || chunk === null) done();
    else this.#resume = done;
  }

  #pass(chunk: Buffer | null, done: () => void): void {
    // What was written before this end was destroyed is on its way, as in a socket.
    const peer = this.#peer;
    // Never in the writer's own call: the reader's answer would run inside it.
    setImmediate(() => {
      if (peer && !peer.destroyed) peer.receive(chunk, done);
      else done();
    });
  }
}

/** Two ends of a connection inside this process: what is written to one is read from the other. */
export function duplexPair(): readonly [Duplex, Duplex] {
  const one = new PairedEnd();
  const other = new PairedEnd();
  one.join(other);
  other.join(one);
  return [one, other];
}
