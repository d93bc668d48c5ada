import { expect, it } from 'vitest';
import { admittedAvatar } from '../../../main/windows/admitted-avatar.ts';

const HEAD = '\x89PNG\r\n\x1a\n\0\0\0\rIHDR';

function png(side: number, rest = ''): Buffer {
  const size = Buffer.alloc(8);
  size.writeUInt32BE(side, 0);
  size.writeUInt32BE(side, 4);
  return Buffer.concat([Buffer.from(HEAD, 'latin1'), size, Buffer.from(rest, 'latin1')]);
}

it('is a small picture as it came', async () => {
  const picture = png(1024);
  expect(await admittedAvatar(picture)).toBe(picture);
});

it.each([
  ['claims to be large', png(1025)],
  ['claims to be nothing', png(0)],
  ['is long', png(96, 'x'.repeat(1_048_576))],
  ['moves', png(96, '\b\b\b\bIDAT...acTL')],
  ['is no picture that is known', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>')],
])('is none that %s', async (_what, picture) => {
  expect(await admittedAvatar(picture)).toBeUndefined();
});
