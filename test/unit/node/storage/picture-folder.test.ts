import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { PictureFolder } from '../../../../node/storage/picture-folder.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'archipel-pictures-'));
});
afterEach(() => rm(folder, { recursive: true }));

const hashOf = (number: number) => number.toString(16).padStart(8, '0');

it('gives back a picture by its hash and nothing for a name that is none', async () => {
  const pictures = new PictureFolder(join(folder, 'avatars'));
  await pictures.write(hashOf(7), Uint8Array.of(1, 2));
  await pictures.write('../escape', Uint8Array.of(3));
  const found = await pictures.read(hashOf(7));
  expect({
    found: found && [...found],
    other: await pictures.read(hashOf(8)),
    outside: await pictures.read('../escape'),
    files: await readdir(folder, { recursive: true }),
  }).toEqual({
    found: [1, 2],
    other: undefined,
    outside: undefined,
    files: ['avatars', join('avatars', `${hashOf(7)}.png`)],
  });
});

it('stays within its bound', async () => {
  const pictures = new PictureFolder(folder, { count: 20, bytes: 1000 });
  for (let number = 0; number < 45; number += 1) {
    await pictures.write(hashOf(number), Uint8Array.of(number));
  }
  const left = await readdir(folder);
  expect({ within: left.length <= 20, last: left.includes(`${hashOf(44)}.png`) }).toEqual({
    within: true,
    last: true,
  });
});

it('stays within its bytes, too, also with what an earlier run left', async () => {
  for (const number of [1, 2]) {
    const pictures = new PictureFolder(folder, { count: 20, bytes: 1000 });
    await pictures.write(hashOf(number), new Uint8Array(450));
  }
  const before = (await readdir(folder)).length;
  await new PictureFolder(folder, { count: 20, bytes: 1000 }).write(hashOf(3), new Uint8Array(450));
  expect([before, (await readdir(folder)).length]).toEqual([2, 2]);
});

it('keeps what comes at once within its bound, and what comes after the folder was removed', async () => {
  const path = join(folder, 'avatars');
  const pictures = new PictureFolder(path, { count: 20, bytes: 1000 });
  await Promise.all(
    Array.from({ length: 45 }, (_, number) =>
      pictures.write(hashOf(number), Uint8Array.of(number)),
    ),
  );
  const within = (await readdir(path)).length <= 20;
  await rm(path, { recursive: true });
  await pictures.write(hashOf(46), Uint8Array.of(46));
  await pictures.write(hashOf(47), Uint8Array.of(47));
  expect({ within, last: await readdir(path) }).toEqual({
    within: true,
    last: [`${hashOf(47)}.png`],
  });
});
