import type { Duplex } from 'node:stream';
import { RfbFailureError, type RfbPhase } from '../../core/rfb/rfb-failure.ts';
import { type RfbOptions, completeOptions } from './rfb-options.ts';
import { RfbReader } from './rfb-reader.ts';
import { secureDuplex } from './secure-duplex.ts';

/** The beginning of a conversation with a server, over a stream that TLS may replace on the way. */
export class RfbConversation {
  readonly options: Required<RfbOptions>;
  #duplex: Duplex;
  #reader: RfbReader;
  #certificate: string | undefined;

  constructor(duplex: Duplex, options: RfbOptions) {
    this.options = completeOptions(options);
    this.#duplex = duplex;
    this.#reader = new RfbReader(duplex, this.options);
  }

  get duplex(): Duplex {
    return this.#duplex;
  }

  get reader(): RfbReader {
    return this.#reader;
  }

  /** SHA-256 of the certificate that RFB's own TLS was made with. */
  get certificate(): string | undefined {
    return this.#certificate;
  }

  write(bytes: Uint8Array | readonly number[]): void {
    if (!this.#duplex.destroyed) this.#duplex.write(Uint8Array.from(bytes));
  }

  take(bytes: number, phase: RfbPhase): Promise<Buffer> {
    return this.#reader.take(bytes, phase);
  }

  /** A length and so many bytes of text, as reasons are. */
  async takeText(phase: RfbPhase): Promise<string> {
    const length = (await this.take(4, phase)).readUInt32BE();
    const limit = this.options.limits.nameBytes;
    if (length > limit) {
      throw new RfbFailureError({ code: 'malformed', detail: `a reason of ${length} bytes` });
    }
    return (await this.take(length, phase)).toString('utf8');
  }

  /** Goes on under TLS, with a server whose certificate is trusted. */
  async secure(): Promise<void> {
    const { trust } = this.options;
    const socket = await secureDuplex(this.#duplex, trust, this.options);
    this.#certificate = socket.getPeerCertificate().fingerprint256;
    this.#duplex = socket;
    this.#reader = new RfbReader(socket, this.options);
  }
}
