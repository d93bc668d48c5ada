import { PassThrough } from 'node:stream';
import { expect, it } from 'vitest';
import { StreamSocket } from '../../../../node/xmpp/stream-socket.ts';

const PIECES = ['a', 'b', 'c', 'd', 'e'];

/** Reads five pieces that have come at once, each of which takes so long; what happened, in order. */
async function readAtOnce(millisecondsEach: number) {
  const duplex = new PassThrough();
  let now = 0;
  const happened: string[] = [];
  const socket = new StreamSocket(duplex, true, () => now);
  socket.on('data', (data: Buffer) => {
    now += millisecondsEach;
    happened.push(String(data));
  });
  const turn = (): void => {
    happened.push('|');
    if (happened.filter((one) => one !== '|').length < PIECES.length) setImmediate(turn);
  };
  setImmediate(turn);
  for (const piece of PIECES) duplex.write(piece);
  await new Promise((resolve) => socket.once('close', resolve).duplex.end());
  return happened.join('');
}

it('lets others have their turn after 8 ms of reading, and loses nothing', async () => {
  expect(await readAtOnce(4)).toBe('ab|cd|e');
});

it('reads what takes no time in one go', async () => {
  expect(await readAtOnce(1)).toBe('abcde');
});

it('hands a stream back that goes on, also where it was held back', () => {
  const duplex = new PassThrough();
  let now = 0;
  const socket = new StreamSocket(duplex, false, () => (now += 10));
  duplex.write('a');
  duplex.read();
  const wasHeldBack = duplex.isPaused();
  socket.release();
  expect([wasHeldBack, duplex.isPaused()]).toEqual([true, false]);
});
