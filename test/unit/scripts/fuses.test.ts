import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findFuses, setFuses } from '../../../scripts/electron/fuses.mjs';

const wire = (version: number, states: string): Buffer =>
  Buffer.concat([
    Buffer.from('code dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX'),
    Buffer.from([version, states.length]),
    Buffer.from(`${states} more code`),
  ]);

describe('the fuse wire of an executable', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'archipel-fuses-'));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  it('is found with its states', () => {
    expect(findFuses(wire(1, '10100011'))).toEqual({ offset: 39, states: '10100011' });
  });

  it('is not found in another version or elsewhere', () => {
    expect([wire(2, '1010'), Buffer.from('no wire')].map(findFuses)).toEqual([
      undefined,
      undefined,
    ]);
  });

  it('is set in place and nothing else changes', () => {
    const file = path.join(folder, 'electron');
    writeFileSync(file, wire(1, '10100011'));
    setFuses(file, '01011');
    expect(readFileSync(file)).toEqual(wire(1, '01011011'));
  });

  it('is refused when it is shorter than what is asked', () => {
    const file = path.join(folder, 'electron');
    writeFileSync(file, wire(1, '10'));
    expect(() => {
      setFuses(file, '101');
    }).toThrow('has no fuse wire of 3 fuses');
  });
});
