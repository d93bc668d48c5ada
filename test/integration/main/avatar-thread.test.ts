import path from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { ok } from '../../../core/lib/result.ts';
import type { AvatarMaker } from '../../../main/avatars/avatar-maker.ts';
import { makeAvatar } from '../../../main/avatars/make-avatar.ts';
import { threadedAvatars } from '../../../main/avatars/threaded-avatars.ts';
import { ManualTime } from '../../support/manual-time.ts';
import { plainPng } from '../../support/pictures.ts';

const ENTRY = path.resolve('out/main/avatars.js');
const UNREADABLE = { ok: false, error: 'unreadable' };

let maker: AvatarMaker | undefined;
afterEach(() => maker?.stop());

/** A maker whose threads run this, however long, and what was reported of them. */
function makerOn(entry: string | URL) {
  const reports: unknown[] = [];
  maker = threadedAvatars((cause) => reports.push(cause), { entry, clock: new ManualTime() });
  return { maker, reports };
}

/** A thread of the test's own. */
const program = (text: string): URL =>
  new URL(
    `data:text/javascript,${encodeURIComponent(`import { parentPort } from 'node:worker_threads'; parentPort.on('message', () => { ${text} });`)}`,
  );

it('makes avatars in a thread, and none of what is no picture', async () => {
  const on = makerOn(ENTRY);
  const picture = plainPng(300, 200);
  const made = await Promise.all(
    [picture, picture.subarray(0, 99), picture].map((one) => on.maker.toAvatar(one)),
  );
  const avatar = ok(new Uint8Array(makeAvatar(picture) ?? []));
  expect({ made, reports: on.reports }).toEqual({
    made: [avatar, UNREADABLE, avatar],
    reports: [],
  });
});

it.each([
  ['ends', 'process.exit(3)', 'exit code 3'],
  [
    'takes all memory that it gets',
    'let last; for (;;) last = [last, ...Array(1000).fill(0)];',
    expect.objectContaining({ code: 'ERR_WORKER_OUT_OF_MEMORY' }),
  ],
  ['fails', "throw new Error('a bug')", expect.objectContaining({ message: 'a bug' })],
])('goes on after a thread that %s', async (_what, text, cause: unknown) => {
  const on = makerOn(program(text));
  const pictures = [1, 2].map((value) => on.maker.toAvatar(Uint8Array.of(value)));
  expect(await Promise.all(pictures)).toEqual([UNREADABLE, UNREADABLE]);
  expect(on.reports).toEqual([cause, cause]);
});

it('tells a thread nothing of the environment', async () => {
  const on = makerOn(
    program('parentPort.postMessage(Uint8Array.of(Object.keys(process.env).length))'),
  );
  expect(await on.maker.toAvatar(Uint8Array.of(1))).toEqual(ok(Uint8Array.of(0)));
});
