import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { newestChange } from '../../../scripts/build/freshness.mjs';

describe('the newest change below a folder', () => {
  let folder: string;

  const touch = (name: string, seconds: number): void => {
    utimesSync(path.join(folder, name), seconds, seconds);
  };

  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'archipel-freshness-'));
    mkdirSync(path.join(folder, 'deep'));
    mkdirSync(path.join(folder, 'dist'));
    writeFileSync(path.join(folder, 'deep/a.ts'), '');
    for (const name of ['deep/a.ts', 'deep', 'dist', '.']) touch(name, 1_000);
  });

  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  it('is that of its newest file', () => {
    touch('deep/a.ts', 2_000);
    expect(newestChange(folder)).toBe(2_000_000);
  });

  it('is that of a folder from which a file went', () => {
    touch('deep', 3_000);
    expect(newestChange(folder)).toBe(3_000_000);
  });

  it('leaves out what was made from the sources', () => {
    touch('dist', 4_000);
    expect(newestChange(folder)).toBe(1_000_000);
  });

  it('is never where nothing is', () => {
    expect(newestChange(path.join(folder, 'absent'))).toBe(0);
  });
});
