import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as v from 'valibot';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SnapshotFile } from '../../../../node/storage/snapshot-file.ts';
import type { StoredFormat } from '../../../../node/storage/stored-format.ts';

interface Note {
  readonly text: string;
  readonly stars: number;
}

const notes: StoredFormat<Note> = {
  format: 'archipel-test-notes',
  version: 2,
  schema: v.strictObject({ text: v.string(), stars: v.number() }),
  migrations: { 'from-1': (value) => ({ ...(value as object), stars: 0 }) },
  redact: (note) => JSON.parse(JSON.stringify(note).replace('hunter2', '•')) as unknown,
};

let folder: string;
let path: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'archipel-snapshot-'));
  path = join(folder, 'deep', 'notes.json');
});
afterEach(() => rm(folder, { recursive: true }));

describe('a snapshot file', () => {
  it('saves on after a value that could not be written', async () => {
    const file = new SnapshotFile<unknown>(path, {
      ...notes,
      schema: v.unknown(),
      redact: (one) => one,
    });
    await expect(file.save(1n)).rejects.toThrow(TypeError);
    expect(await file.save({ text: 'two', stars: 2 })).toEqual({ ok: true, value: undefined });
  });

  it('gives back what was saved last, readable by the owner alone', async () => {
    const file = new SnapshotFile(path, notes);
    const saved = await Promise.all([
      file.save({ text: 'one', stars: 1 }),
      file.save({ text: 'two', stars: 2 }),
    ]);
    expect({
      saved,
      loaded: await new SnapshotFile(path, notes).load(),
      mode: (await stat(path)).mode & 0o777,
      left: await readdir(join(folder, 'deep')),
    }).toEqual({
      saved: [
        { ok: true, value: undefined },
        { ok: true, value: undefined },
      ],
      loaded: { ok: true, value: { text: 'two', stars: 2 } },
      mode: 0o600,
      left: ['notes.json'],
    });
  });

  it('is empty before anything was saved', async () => {
    expect(await new SnapshotFile(path, notes).load()).toEqual({ ok: true, value: undefined });
  });

  it('takes secrets out before they reach the disk', async () => {
    await new SnapshotFile(path, notes).save({ text: 'it is hunter2', stars: 1 });
    expect(await readFile(path, 'utf8')).toBe(
      '{"format":"archipel-test-notes","version":2,"value":{"text":"it is •","stars":1}}\n',
    );
  });

  it('brings an older version up to date', async () => {
    path = join(folder, 'notes.json');
    await writeFile(path, '{"format":"archipel-test-notes","version":1,"value":{"text":"old"}}');
    expect(await new SnapshotFile(path, notes).load()).toEqual({
      ok: true,
      value: { text: 'old', stars: 0 },
    });
  });

  it('leaves a file of a newer release untouched and refuses to replace it', async () => {
    path = join(folder, 'notes.json');
    const text = '{"format":"archipel-test-notes","version":3,"value":{"text":"new","moons":4}}';
    await writeFile(path, text);
    const file = new SnapshotFile(path, notes);
    const refusal = { ok: false, error: { code: 'storage-newer', file: path, version: 3 } };
    expect({
      loaded: await file.load(),
      saved: await file.save({ text: 'mine', stars: 1 }),
      text: await readFile(path, 'utf8'),
    }).toEqual({ loaded: refusal, saved: refusal, text });
  });

  it.each([
    ['cut short', '{"format":"archipel-test-notes","ver'],
    ['of another format', '{"format":"other","version":1,"value":{}}'],
    ['of the wrong shape', '{"format":"archipel-test-notes","version":2,"value":{"text":4}}'],
    ['empty', ''],
  ])('sets aside a file that is %s, and saves anew', async (_how, text) => {
    path = join(folder, 'notes.json');
    await writeFile(path, text);
    const file = new SnapshotFile(path, notes);
    const loaded = await file.load();
    await file.save({ text: 'fresh', stars: 1 });
    expect({
      code: loaded.ok ? 'none' : loaded.error.code,
      aside: await readFile(`${path}.damaged`, 'utf8'),
      now: await file.load(),
    }).toEqual({
      code: 'storage-damaged',
      aside: text,
      now: { ok: true, value: { text: 'fresh', stars: 1 } },
    });
  });

  it('says so when the folder cannot be written', async () => {
    await writeFile(join(folder, 'deep'), 'a file where the folder should be');
    const saved = await new SnapshotFile(path, notes).save({ text: 'x', stars: 1 });
    expect(saved).toEqual({
      ok: false,
      error: {
        code: 'storage-unwritable',
        file: path,
        detail: expect.stringMatching(/EEXIST|ENOTDIR/) as string,
      },
    });
  });
});
