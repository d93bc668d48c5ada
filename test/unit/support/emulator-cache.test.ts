import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { keepAnswers } from '../../support/emulator-cache.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'archipel-emulators-'));
});
afterEach(() => rm(folder, { recursive: true }));

it('keeps what an emulator answers since it was replaced, in the place of what it answered before', async () => {
  const [cache, kept] = [path.join(folder, 'cache'), path.join(folder, 'kept')];
  const answers = path.join(cache, 'libvirt/qemu/cache/capabilities');
  await mkdir(answers, { recursive: true });
  await writeFile(path.join(answers, 'one.xml'), 'old');
  await keepAnswers(cache, kept);
  await writeFile(path.join(answers, 'one.xml'), 'new');
  await keepAnswers(cache, kept);
  expect(await readdir(kept)).toEqual(['one.xml']);
  expect(await readFile(path.join(kept, 'one.xml'), 'utf8')).toBe('new');
});
