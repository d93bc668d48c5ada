import { once } from 'node:events';
import type { Duplex } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { duplexPair } from '../../../../demo/server/duplex-pair.ts';

/** All that comes until the other side ends; unlike a consumer, it leaves the stream alone. */
async function textOf(duplex: Duplex): Promise<string> {
  let text = '';
  duplex.on('data', (chunk: Buffer) => (text += chunk.toString()));
  await once(duplex, 'end');
  return text;
}

describe('a pair of streams', () => {
  it('carries what is written at one end to the other, both ways', async () => {
    const [one, other] = duplexPair();
    const heard = Promise.all([textOf(other), textOf(one)]);
    one.end('there');
    other.end('back');
    expect(await heard).toEqual(['there', 'back']);
  });

  it('never answers inside the call that wrote', async () => {
    const [one, other] = duplexPair();
    const heard: string[] = [];
    other.on('data', (chunk: Buffer) => heard.push(chunk.toString()));
    one.write('x');
    expect(heard).toEqual([]);
    await once(other, 'data');
    expect(heard).toEqual(['x']);
  });

  it('holds the writer back while nobody reads', async () => {
    const [one, other] = duplexPair();
    const chunk = Buffer.alloc(40_000);
    while (one.write(chunk));
    const drained = once(one, 'drain').then(() => 'drained');
    const waiting = new Promise((resolve) =>
      setImmediate(() => setImmediate(() => resolve('held'))),
    );
    expect(await Promise.race([drained, waiting])).toBe('held');
    other.resume();
    expect(await drained).toBe('drained');
  });

  it('brings what was written before its writer was destroyed', async () => {
    const [one, other] = duplexPair();
    const heard: string[] = [];
    other.on('data', (chunk: Buffer) => heard.push(chunk.toString()));
    one.write('farewell');
    one.destroy();
    await once(other, 'close');
    expect(heard).toEqual(['farewell']);
  });

  it('closes at both ends when one is destroyed', async () => {
    const [one, other] = duplexPair();
    one.destroy();
    await once(other, 'close');
    expect(other.destroyed).toBe(true);
  });
});
