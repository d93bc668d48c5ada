import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { describeError } from '../../../core/messages/en/errors.ts';
import { readFaultRows } from '../../../scripts/test/faults.mjs';
import { FAULT_SAMPLES } from './fault-samples.ts';
import { canBeCalled, testNames } from './test-names.ts';

const rows = readFaultRows(readFileSync('docs/faults.md', 'utf8'));

function wordsOf(fault: string): string | undefined {
  const error = FAULT_SAMPLES[fault];
  if (!error) return undefined;
  const { title, hint } = describeError(error);
  return `${title} ${hint}`;
}

describe('docs/faults.md', () => {
  it('has a row for each fault, and none twice', () => {
    const faults = rows.map(({ fault }) => fault);
    expect(new Set(faults).size).toBe(faults.length);
    expect(Object.keys(FAULT_SAMPLES).filter((fault) => !faults.includes(fault))).toEqual([]);
  });

  it.each(rows)('tells what is read at: $fault', ({ fault, words, next }) => {
    const expected = wordsOf(fault);
    expect(words).toEqual(expected ?? expect.stringMatching(/^Nothing: .+\.$/));
    expect(next).toMatch(/.\.$/);
  });

  it.each(rows)('names tests that exist for: $fault', ({ tests }) => {
    const missing = tests.filter(({ file, name }) => {
      if (!existsSync(file)) return true;
      const written = testNames(readFileSync(file, 'utf8'));
      return !written.some((one) => canBeCalled(one, name));
    });
    expect({ count: tests.length > 0, missing }).toEqual({ count: true, missing: [] });
  });
});

describe('the names of tests', () => {
  it('are those given to it and test, however they are called', () => {
    const source = `it('a', f); test.skip("b", f); it.each([1])('c %s', f); it.runIf(x)(\`d\`, f);
      describe('e', () => { it('f', () => expect('g')); }); other('h');`;
    expect(testNames(source)).toEqual(['a', 'b', 'c %s', 'd', 'f']);
  });

  it('stand for those that a table fills in, and for no others', () => {
    const called = ['reads a file', 'reads a.file', 'reads ', 'reads a file twice'].map((name) => {
      return [canBeCalled('reads %s file', name), canBeCalled('reads a.file', name)];
    });
    expect(called).toEqual([
      [true, false],
      [false, true],
      [false, false],
      [false, false],
    ]);
  });
});
