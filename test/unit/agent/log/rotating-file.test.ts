import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, describe, it } from 'vitest';
import { LogBook } from '../../../../agent/log/log-book.ts';
import { loggerFor } from '../../../../agent/log/logger.ts';
import { RotatingFile } from '../../../../agent/log/rotating-file.ts';

describe('the log', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'archipel-log-'));
  });
  afterEach(async () => rm(folder, { recursive: true, force: true }));

  it('begins a new file when the old one is full, and keeps as many as it may', async () => {
    const path = join(folder, 'deep', 'agent.log');
    const file = new RotatingFile({ path, mostBytes: 9, keep: 2 });
    for (const line of ['one', 'two', 'three', 'four', 'five', 'six']) file.write(line);
    file.close();
    expect((await readdir(join(folder, 'deep'))).sort()).toEqual([
      'agent.log',
      'agent.log.1',
      'agent.log.2',
    ]);
    expect(await readFile(path, 'utf8')).toBe('five\nsix\n');
    expect(await readFile(`${path}.1`, 'utf8')).toBe('four\n');
    expect(await readFile(`${path}.2`, 'utf8')).toBe('three\n');
  });

  it('goes on with the file that is there', async () => {
    const path = join(folder, 'agent.log');
    for (const line of ['before', 'after']) {
      const file = new RotatingFile({ path, mostBytes: 100, keep: 1 });
      file.write(line);
      file.close();
    }
    expect(await readFile(path, 'utf8')).toBe('before\nafter\n');
  });

  it('goes on where an old file cannot be set aside', async () => {
    const path = join(folder, 'agent.log');
    await mkdir(join(`${path}.1`, 'in the way'), { recursive: true });
    const file = new RotatingFile({ path, mostBytes: 4, keep: 1 });
    for (const line of ['one', 'two', 'three']) file.write(line);
    file.close();
    expect(await readFile(path, 'utf8')).toBe('one\ntwo\nthree\n');
  });

  it.runIf(existsSync('/dev/full'))('ends nothing over a full disk', async () => {
    const path = join(folder, 'agent.log');
    await symlink('/dev/full', path);
    const file = new RotatingFile({ path, mostBytes: 0, keep: 1 });
    expect(() => file.write('one')).not.toThrow();
    file.close();
  });

  it('says how many lines are missing once there is room again', async () => {
    const path = join(folder, 'gone', 'agent.log');
    const file = new RotatingFile({ path, mostBytes: 62, keep: 1 });
    file.write('x'.repeat(60));
    await rm(join(folder, 'gone'), { recursive: true });
    file.write('two');
    file.write('three');
    await mkdir(join(folder, 'gone'));
    file.write('four');
    file.close();
    expect(await readFile(path, 'utf8')).toBe(
      '--- lines that could not be written here: 2 ---\nfour\n',
    );
  });

  it('writes lines as original agents do, and never two for one message', () => {
    const lines: string[] = [];
    const at = new Date(2015, 2, 24, 10, 28, 0, 123);
    loggerFor(
      'a@b',
      'info',
      (line) => lines.push(line),
      () => at,
    ).info('one\n  two');
    expect(lines).toEqual(['INFO    ::2015-03-24 10:28:00.123::a@b::one | two']);
  });

  it('leaves out what is not worth a line', () => {
    const lines: string[] = [];
    const logger = loggerFor('a@b', 'warning', (line) => lines.push(line));
    logger.info('little');
    logger.error('much');
    expect(lines.map((line) => line.split('::').at(-1))).toEqual(['much']);
  });

  it('keeps the last lines in memory, the oldest first', async () => {
    const book = new LogBook(3);
    for (let number = 1; number <= 20; number += 1) book.add(String(number));
    expect(await book.last(2)).toEqual(['19', '20']);
    expect(await book.last(100)).toEqual(['18', '19', '20']);
  });
});
