import type { Duplex } from 'node:stream';
import { RfbFailureError, type RfbPhase } from '../../core/rfb/rfb-failure.ts';
import type { Clock } from '../xmpp/clock.ts';

/** Takes bytes from a stream as a conversation needs them; what it does not take stays in the stream. */
export class RfbReader {
  readonly #duplex: Duplex;
  readonly #clock: Clock;
  readonly #timeoutMs: number;
  readonly #signal: AbortSignal;

  constructor(
    duplex: Duplex,
    options: { readonly clock: Clock; readonly timeoutMs: number; readonly signal: AbortSignal },
  ) {
    this.#duplex = duplex;
    this.#clock = options.clock;
    this.#timeoutMs = options.timeoutMs;
    this.#signal = options.signal;
    // An error is always followed by the close, which is what the one who waits is told of.
    duplex.on('error', () => duplex.destroy());
  }

  /** Exactly so many bytes. Throws `RfbFailureError`: closed-early, timed-out, cancelled. */
  async take(bytes: number, phase: RfbPhase): Promise<Buffer> {
    const parts: Buffer[] = [];
    let missing = bytes;
    while (missing > 0) {
      const part = this.#read(missing);
      if (part === undefined) {
        await this.#more(phase);
        continue;
      }
      parts.push(part);
      missing -= part.length;
    }
    return parts.length === 1 && parts[0] !== undefined ? parts[0] : Buffer.concat(parts);
  }

  /** What is there, up to so many bytes. Left in the stream, it would be announced for ever. */
  #read(most: number): Buffer | undefined {
    const bytes = Math.min(most, this.#duplex.readableLength);
    const taken: unknown = bytes === 0 ? undefined : this.#duplex.read(bytes);
    return Buffer.isBuffer(taken) ? taken : undefined;
  }

  async #more(phase: RfbPhase): Promise<void> {
    const duplex = this.#duplex;
    if (this.#signal.aborted) throw new RfbFailureError({ code: 'cancelled' });
    if (duplex.readableEnded || duplex.destroyed) {
      throw new RfbFailureError({ code: 'closed-early', phase });
    }
    await new Promise<void>((resolve, reject) => {
      const settle = (failure?: RfbFailureError): void => {
        cancelTimer();
        this.#signal.removeEventListener('abort', onAbort);
        duplex.off('readable', onReadable).off('end', onEnd).off('close', onEnd);
        if (failure === undefined) resolve();
        else reject(failure);
      };
      const onReadable = (): void => settle();
      const onEnd = (): void => settle(new RfbFailureError({ code: 'closed-early', phase }));
      const onAbort = (): void => settle(new RfbFailureError({ code: 'cancelled' }));
      const seconds = Math.ceil(this.#timeoutMs / 1000);
      const cancelTimer = this.#clock.after(this.#timeoutMs, () =>
        settle(new RfbFailureError({ code: 'timed-out', phase, seconds })),
      );
      this.#signal.addEventListener('abort', onAbort);
      duplex.on('readable', onReadable).on('end', onEnd).on('close', onEnd);
      // A stream tells of its end only to one who reads it.
      duplex.read(0);
    });
  }
}
