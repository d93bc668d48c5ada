import { Duplex } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { el } from '../../../../core/xml/element.ts';
import { toLtx } from '../../../../node/xmpp/elements.ts';
import { type Handed, Outbox } from '../../../../node/xmpp/outbox.ts';

/** A connection whose other side reads only when told. */
class SlowDuplex extends Duplex {
  #done: (() => void)[] = [];

  override _read(): void {
    // Nothing ever comes.
  }

  override _write(_chunk: Buffer, _encoding: string, done: () => void): void {
    this.#done.push(done);
  }

  /** The other side reads all that it was sent. */
  async catchUp(): Promise<void> {
    while (this.#done.length > 0) {
      this.#done.shift()?.();
      await new Promise((resolve) => setImmediate(resolve));
    }
  }
}

const message = (bytes: number) => toLtx(el('message', {}, ['x'.repeat(bytes)]));

function scene(limitBytes: number) {
  const duplex = new SlowDuplex();
  const outcomes: Handed[] = [];
  const outbox = new Outbox(duplex, limitBytes, (element) => duplex.write(element.toString()));
  const put = (bytes: number): void => outbox.put(message(bytes), (one) => outcomes.push(one));
  return { duplex, outbox, outcomes, put };
}

describe('the outbox', () => {
  it('holds back while the server does not read, and hands over when it does', async () => {
    const { duplex, outcomes, put } = scene(10_000_000);
    for (let count = 0; count < 5; count += 1) put(200_000);
    expect(outcomes).toEqual(['handed', 'handed']);
    await duplex.catchUp();
    expect(outcomes).toEqual(Array(5).fill('handed'));
  });

  it('refuses what is beyond its limit', () => {
    const { outcomes, put } = scene(500_000);
    for (let count = 0; count < 6; count += 1) put(200_000);
    expect(outcomes).toEqual(['handed', 'handed', 'congested', 'congested']);
  });

  it('knows that what it held was never sent', () => {
    const { outbox, outcomes, put } = scene(10_000_000);
    for (let count = 0; count < 3; count += 1) put(200_000);
    outbox.close();
    put(1);
    expect(outcomes).toEqual(['handed', 'handed', 'disconnected', 'disconnected']);
  });
});
