import type { Duplex } from 'node:stream';

/** Bytes of a stream by the number. */
class ByteReader {
  readonly #stream: Duplex;
  #held: Buffer = Buffer.alloc(0);
  #wake: (() => void) | undefined;
  #isOver = false;

  constructor(stream: Duplex) {
    this.#stream = stream;
    stream.on('data', (chunk: Buffer) => {
      this.#held = Buffer.concat([this.#held, chunk]);
      this.#wake?.();
    });
    for (const end of ['end', 'close', 'error']) {
      stream.on(end, () => {
        this.#isOver = true;
        this.#wake?.();
      });
    }
  }

  async take(count: number): Promise<Buffer> {
    while (this.#held.length < count) {
      if (this.#isOver) throw new Error(`The stream ended, ${count} bytes were wanted`);
      await new Promise<void>((wake) => (this.#wake = wake));
    }
    const taken = this.#held.subarray(0, count);
    this.#held = this.#held.subarray(count);
    return taken;
  }

  write(bytes: Uint8Array): void {
    this.#stream.write(bytes);
  }
}

/** What a server of screens says of itself. */
export interface RfbGreeting {
  readonly version: string;
  readonly width: number;
  readonly height: number;
  readonly name: string;
}

const NO_SECURITY = 1;

/** Shakes hands with a server that wants no password, as a viewer does (RFC 6143 §7). */
export async function greetRfb(stream: Duplex): Promise<RfbGreeting> {
  const reader = new ByteReader(stream);
  const version = (await reader.take(12)).toString('latin1');
  reader.write(Buffer.from('RFB 003.008\n'));
  const [count = 0] = await reader.take(1);
  const offered = await reader.take(count);
  if (!offered.includes(NO_SECURITY)) throw new Error(`The server offers ${offered.join(', ')}`);
  reader.write(Buffer.from([NO_SECURITY]));
  const result = (await reader.take(4)).readUInt32BE();
  if (result !== 0) throw new Error(`The server refuses with ${result}`);
  reader.write(Buffer.from([1]));
  const head = await reader.take(24);
  const name = await reader.take(head.readUInt32BE(20));
  return {
    version: version.trim(),
    width: head.readUInt16BE(0),
    height: head.readUInt16BE(2),
    name: name.toString('utf8'),
  };
}
