import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { ProfileStorage } from '../../../../node/storage/profile-storage.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'archipel-profile-'));
});
afterEach(() => rm(folder, { recursive: true }));

it('keeps snapshots and logs by format, and no secret in any of them', async () => {
  const redact = (value: unknown): unknown =>
    JSON.parse(JSON.stringify(value).replaceAll('hunter2', '•')) as unknown;
  const storage = new ProfileStorage(folder, redact);
  const settings = { format: 'settings', version: 1 };
  const journal = storage.log({ format: 'journal', version: 1 });
  await storage.save(settings, { theme: 'dark', note: 'hunter2' });
  await journal.append({ did: 'hunter2' });
  await journal.append({ did: 'more' });
  await storage.close();
  const texts = await Promise.all(
    (await readdir(folder)).map((name) => readFile(join(folder, name), 'utf8')),
  );
  expect({
    settings: await storage.load(settings),
    journal: await journal.read(),
    leaks: texts.join('').includes('hunter2'),
  }).toEqual({
    settings: { ok: true, value: { theme: 'dark', note: '•' } },
    journal: { ok: true, value: [{ did: '•' }, { did: 'more' }] },
    leaks: false,
  });
});

it('forgets a snapshot that was removed', async () => {
  const storage = new ProfileStorage(folder, (value) => value);
  const cache = { format: 'cache', version: 1 };
  await storage.save(cache, [1]);
  await storage.remove(cache);
  expect(await storage.load(cache)).toEqual({ ok: true, value: undefined });
});
