import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { PastStore } from '../../../../main/consoles/past-store.ts';
import { expectErr, expectOk } from '../../../support/expect-result.ts';

const SECRET = 'root password on the screen';
const bytes = Uint8Array.from(Buffer.from(SECRET.repeat(50)));
const [caller, other] = [{ windowId: 1 }, { windowId: 2 }];

let parent: string;
let folder: string;
let now: number;

beforeEach(async () => {
  parent = await mkdtemp(path.join(tmpdir(), 'archipel-past-'));
  folder = path.join(parent, 'past-screens');
  now = 0;
});
afterEach(() => rm(parent, { recursive: true, force: true }));

function store(mostBytes?: number) {
  return new PastStore({
    folder,
    now: () => now,
    ...(mostBytes === undefined ? {} : { mostBytes }),
  });
}
const files = (): Promise<string[]> => readdir(folder).catch(() => []);

describe('the past of screens on the disk', () => {
  it('is given back as it was, and stands nowhere in its files', async () => {
    const { handlers } = store();
    const [first, second] = [
      expectOk(await handlers.keep({ bytes }, caller)),
      expectOk(await handlers.keep({ bytes }, caller)),
    ];
    const written = await Promise.all(
      (await files()).map((name) => readFile(path.join(folder, name))),
    );
    expect(written.map((file) => file.length > bytes.length)).toEqual([true, true]);
    expect(written.some((file) => file.includes(SECRET) || file.includes('root'))).toBe(false);
    expect(written[0]?.equals(written[1] ?? Buffer.alloc(0))).toBe(false);
    const read = expectOk(await handlers.read({ piece: first }, caller));
    expect([first === second, Buffer.from(read).toString()]).toEqual([false, SECRET.repeat(50)]);
  });

  it('is read by nobody else: no other window, no other run, and no file in the place of another', async () => {
    const { handlers } = store();
    const piece = expectOk(await handlers.keep({ bytes }, caller));
    const swapped = expectOk(await handlers.keep({ bytes: bytes.slice(1) }, caller));
    const stranger = expectErr(await handlers.read({ piece }, other));
    await handlers.forget({ pieces: [piece] }, other);
    await writeFile(path.join(folder, swapped), await readFile(path.join(folder, piece)));
    const mixed = expectErr(await handlers.read({ piece: swapped }, caller));
    expect([stranger.code, mixed.code, (await files()).length]).toEqual([
      'not-found',
      'storage-damaged',
      2,
    ]);
  });

  it('is removed with what an earlier run left behind', async () => {
    await mkdir(folder);
    await writeFile(path.join(folder, 'left'), 'x');
    const made = store();
    await made.cleared();
    expect(await files()).toEqual([]);
  });

  it('goes when it is forgotten, with its window, with its time, and with the app', async () => {
    const made = store();
    const { handlers } = made;
    const piece = expectOk(await handlers.keep({ bytes }, caller));
    await handlers.forget({ pieces: [piece] }, caller);
    const afterForgetting = await files();
    await handlers.keep({ bytes }, caller);
    const kept = expectOk(await handlers.keep({ bytes }, other));
    made.windowClosed(caller.windowId);
    await expect.poll(files).toEqual([kept]);
    now = 720_001;
    const later = expectOk(await handlers.keep({ bytes }, other));
    const afterLong = await files();
    await made.stop();
    expect([afterForgetting, afterLong, await files()]).toEqual([[], [later], []]);
  });

  it('takes no more than it may, and says what cannot be written', async () => {
    const { handlers } = store(bytes.length * 2);
    const outcomes = [];
    for (let time = 0; time < 3; time += 1) outcomes.push(await handlers.keep({ bytes }, caller));
    expect(outcomes.map((one) => one.ok)).toEqual([true, true, false]);
    const blocked = store();
    await blocked.cleared();
    await writeFile(folder, 'a file where the folder was to be');
    expect(expectErr(await blocked.handlers.keep({ bytes }, caller))).toMatchObject({
      code: 'storage-unwritable',
      file: 'past-screens',
    });
  });
});
