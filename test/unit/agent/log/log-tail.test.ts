import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FileTail } from '../../../../agent/log/log-tail.ts';

describe('the end of a log file', () => {
  let folder: string;
  let path: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'archipel-tail-'));
    path = join(folder, 'agent.log');
  });

  afterEach(async () => rm(folder, { recursive: true, force: true }));

  const tailOf = async (text: string, limit: number): Promise<readonly string[]> => {
    await writeFile(path, text);
    return new FileTail(path).last(limit);
  };

  it.each<[string, string, number, readonly string[]]>([
    ['fewer lines than asked for', 'a\nb\n', 5, ['a', 'b']],
    ['more', 'a\nb\nc\n', 2, ['b', 'c']],
    ['a last line without its end', 'a\nb', 1, ['b']],
    ['nothing', '', 3, []],
    ['empty lines', 'a\n\nb\n', 2, ['', 'b']],
  ])('is read with %s', async (_what, text, limit, lines) => {
    expect(await tailOf(text, limit)).toEqual(lines);
  });

  it('has whole lines and letters where chunks of it meet', async () => {
    const lines = Array.from({ length: 20_000 }, (_, index) => `${index} éü€`);
    expect(await tailOf(`${lines.join('\n')}\n`, 15_000)).toEqual(lines.slice(-15_000));
  });

  it('is never read further than a stanza can hold', async () => {
    const lines = Array.from({ length: 300 }, (_, index) => `${index}${'x'.repeat(9000)}`);
    const found = await tailOf(`${lines.join('\n')}\n`, 300);
    expect(found.length).toBeGreaterThan(50);
    expect(found.length).toBeLessThan(70);
    expect(found).toEqual(lines.slice(-found.length));
  });

  it('is a failure when the file is gone', async () => {
    await expect(new FileTail(path).last(3)).rejects.toThrow(/ENOENT/);
  });
});
