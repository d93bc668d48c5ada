import { expect, it } from 'vitest';
import { MemoryLog } from '../../../../demo/ssh/memory-log.ts';
import { liveBytes } from '../../../support/live-memory.ts';

const LINES = 20_000;

function lastLine({ files }: MemoryLog): string | undefined {
  const file = files.at(-1);
  return file?.slice(0, file.size).toString().trimEnd().split('\n').at(-1);
}

it('is two files however much is written, and a quarter of a megabyte in memory', () => {
  const before = liveBytes();
  const log = new MemoryLog();
  const inodes = new Set<string>();
  for (let number = 0; number < LINES; number += 1) {
    log.write(`${number} ${'-'.repeat(120)}`);
    inodes.add(log.files.at(-1)?.inode ?? '');
  }
  const sizes = log.files.map(({ size }) => size);
  expect(lastLine(log)).toMatch(/^19999 /u);
  expect(inodes.size).toBeGreaterThan(10);
  expect(Math.max(...sizes)).toBeLessThanOrEqual(128 * 1024);
  expect(liveBytes() - before).toBeLessThan(400_000);
});

it('keeps a line that is larger than a file whole', () => {
  const log = new MemoryLog();
  log.write('first');
  log.write('x'.repeat(300_000));
  expect(log.files.map(({ size }) => size)).toEqual([6, 300_001]);
});
