import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { openAvatarFolder } from '../../../../node/storage/avatar-folder.ts';

const HASH = 'a9993e364706816aba3e25717850c26c9cd0d89d';

/** On a machine that has much else to do, milliseconds. */
const AT_LAST = 30_000;

let profile: string;
beforeEach(async () => {
  profile = await mkdtemp(join(tmpdir(), 'archipel-avatars-'));
});
afterEach(() => rm(profile, { recursive: true }));

it('neither gives out nor keeps what an earlier release kept as it came from others', async () => {
  await mkdir(join(profile, 'avatars'));
  await writeFile(join(profile, 'avatars', `${HASH}.png`), 'from a stranger');
  const avatars = openAvatarFolder(profile);
  expect(await avatars.read(HASH)).toBeUndefined();
  await vi.waitFor(async () => expect(await readdir(profile)).toEqual([]), AT_LAST);
});

it('gives out what was kept here', async () => {
  await openAvatarFolder(profile).write(HASH, Uint8Array.of(1, 2));
  expect(await openAvatarFolder(profile).read(HASH)).toEqual(Buffer.from([1, 2]));
});
