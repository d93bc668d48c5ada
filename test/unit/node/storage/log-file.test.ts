import { appendFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as v from 'valibot';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { LogFile } from '../../../../node/storage/log-file.ts';
import type { StoredFormat } from '../../../../node/storage/stored-format.ts';

const numbers: StoredFormat<number> = {
  format: 'archipel-test-numbers',
  version: 1,
  schema: v.number(),
  migrations: {},
};

let folder: string;
let path: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'archipel-log-'));
  path = join(folder, 'numbers.log');
});
afterEach(() => rm(folder, { recursive: true }));

async function written(...entries: number[]): Promise<LogFile<number>> {
  const log = new LogFile(path, numbers);
  for (const entry of entries) await log.append(entry);
  await log.close();
  return log;
}

describe('a log file', () => {
  it('appends on after an entry that could not be written', async () => {
    const log = new LogFile<unknown>(path, {
      format: numbers.format,
      version: 1,
      schema: v.unknown(),
      migrations: {},
    });
    await expect(log.append(1n)).rejects.toThrow(TypeError);
    expect(await log.append(2)).toEqual({ ok: true, value: undefined });
    await log.close();
    expect(await log.load()).toEqual({ ok: true, value: { entries: [2], damaged: 0 } });
  });

  it('gives back its entries in order, across reopening', async () => {
    await written(1, 2);
    await written(3);
    expect(await new LogFile(path, numbers).load()).toEqual({
      ok: true,
      value: { entries: [1, 2, 3], damaged: 0 },
    });
  });

  it('loses only the torn line, and appends after it', async () => {
    await written(1, 2);
    await appendFile(path, 'deadbeef 3');
    await written(4);
    expect(await new LogFile(path, numbers).load()).toEqual({
      ok: true,
      value: { entries: [1, 2, 4], damaged: 1 },
    });
  });

  it('passes over a line whose bytes have changed', async () => {
    await written(1, 2, 3);
    const text = await readFile(path, 'utf8');
    await writeFile(path, text.replace(' 2\n', ' 7\n'));
    expect(await new LogFile(path, numbers).load()).toEqual({
      ok: true,
      value: { entries: [1, 3], damaged: 1 },
    });
  });

  it('replaces all entries at once', async () => {
    const log = await written(1, 2, 3);
    await log.replace([3]);
    await log.append(4);
    await log.close();
    expect(await new LogFile(path, numbers).load()).toEqual({
      ok: true,
      value: { entries: [3, 4], damaged: 0 },
    });
  });

  it('leaves a log of a newer release untouched', async () => {
    const newer = new LogFile(path, { ...numbers, version: 9 });
    await newer.append(1);
    await newer.close();
    const log = new LogFile(path, numbers);
    const refusal = { ok: false, error: { code: 'storage-newer', file: path, version: 9 } };
    expect([await log.load(), await log.append(2)]).toEqual([refusal, refusal]);
  });
});
