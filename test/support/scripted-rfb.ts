import { duplexPair, type Duplex } from 'node:stream';
import { latin1Bytes, u32 } from '../../core/rfb/integers.ts';
import { PIXEL_FORMAT_32 } from '../../core/rfb/pixel-format.ts';
import { writeServerInit } from '../../core/rfb/server-init.ts';
import { RfbReader } from '../../node/rfb/rfb-reader.ts';
import { systemClock } from '../../node/xmpp/clock.ts';

/** A server of RFB whose every word the test says; `near` is the client's end of the line. */
export class ScriptedRfb {
  readonly near: Duplex;
  readonly far: Duplex;
  readonly #reader: RfbReader;

  /** Through a line of its own, unless it is given the two ends of one. */
  constructor([near, far]: readonly Duplex[] = duplexPair()) {
    if (!near || !far) throw new Error('A line has two ends');
    [this.near, this.far] = [near, far];
    const signal = new AbortController().signal;
    this.#reader = new RfbReader(this.far, { clock: systemClock, timeoutMs: 10_000, signal });
  }

  say(...parts: readonly (Uint8Array | readonly number[] | string)[]): void {
    for (const part of parts) {
      this.far.write(typeof part === 'string' ? latin1Bytes(part) : Uint8Array.from(part));
    }
  }

  hear(bytes: number): Promise<Buffer> {
    return this.#reader.take(bytes, 'version');
  }

  /** Lets a client of 3.8 in without a password, up to its ServerInit. */
  async welcome(width = 4, height = 2, name = 'screen'): Promise<void> {
    this.say('RFB 003.008\n');
    await this.hear(12);
    this.say([1, 1]);
    await this.hear(1);
    this.say(u32(0));
    await this.hear(1);
    this.sayInit(width, height, name);
  }

  sayInit(width: number, height: number, name: string): void {
    const bytes = latin1Bytes(name);
    this.say(writeServerInit({ width, height, format: PIXEL_FORMAT_32, name: bytes }));
  }
}
