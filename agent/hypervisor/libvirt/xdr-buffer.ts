/** Data that does not fit its schema: too long, cut short, or no value of its kind. */
export class XdrFault extends Error {
  override readonly name = 'XdrFault';
}

const padding = (length: number): number => (4 - (length % 4)) % 4;

/** Takes XDR items one after the other from a packet (RFC 4506); never reads past its end. */
export class XdrReader {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  #offset: number;

  constructor(bytes: Uint8Array, offset = 0) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#offset = offset;
  }

  get remaining(): number {
    return this.#bytes.length - this.#offset;
  }

  int(): number {
    return this.#view.getInt32(this.#take(4));
  }

  uint(): number {
    return this.#view.getUint32(this.#take(4));
  }

  hyper(): bigint {
    return this.#view.getBigInt64(this.#take(8));
  }

  unsignedHyper(): bigint {
    return this.#view.getBigUint64(this.#take(8));
  }

  double(): number {
    return this.#view.getFloat64(this.#take(8));
  }

  /** The bytes are a view into the packet, not a copy. */
  bytes(length: number): Uint8Array {
    const start = this.#take(length + padding(length));
    return this.#bytes.subarray(start, start + length);
  }

  #take(length: number): number {
    if (length > this.remaining) {
      throw new XdrFault(`${length} bytes wanted, ${this.remaining} left`);
    }
    const start = this.#offset;
    this.#offset += length;
    return start;
  }
}

/** Puts XDR items one after the other into a packet that grows up to a limit (RFC 4506). */
export class XdrWriter {
  readonly #limit: number;
  #bytes = new Uint8Array(256);
  #view = new DataView(this.#bytes.buffer);
  #length = 0;

  constructor(limit: number) {
    this.#limit = limit;
  }

  int(value: number): void {
    const at = this.#grow(4);
    this.#view.setInt32(at, value);
  }

  uint(value: number): void {
    const at = this.#grow(4);
    this.#view.setUint32(at, value);
  }

  hyper(value: bigint): void {
    const at = this.#grow(8);
    this.#view.setBigInt64(at, value);
  }

  unsignedHyper(value: bigint): void {
    const at = this.#grow(8);
    this.#view.setBigUint64(at, value);
  }

  double(value: number): void {
    const at = this.#grow(8);
    this.#view.setFloat64(at, value);
  }

  bytes(value: Uint8Array): void {
    const at = this.#grow(value.length + padding(value.length));
    this.#bytes.set(value, at);
  }

  finish(): Uint8Array {
    return this.#bytes.subarray(0, this.#length);
  }

  /** Makes room, filled with zeros, and answers where it begins; it may replace the buffer. */
  #grow(by: number): number {
    const start = this.#length;
    if (start + by > this.#limit) throw new XdrFault(`More than ${this.#limit} bytes`);
    this.#length += by;
    if (this.#length > this.#bytes.length) {
      const larger = new Uint8Array(Math.max(this.#length, this.#bytes.length * 2));
      larger.set(this.#bytes);
      this.#bytes = larger;
      this.#view = new DataView(larger.buffer);
    }
    return start;
  }
}
