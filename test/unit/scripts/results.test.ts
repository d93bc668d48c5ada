import { describe, expect, it } from 'vitest';
import {
  closingLine,
  playwrightCounts,
  sumCounts,
  vitestCounts,
  withSkipsAsFailures,
} from '../../../scripts/test/results.mjs';

const vitestReport = { numPassedTests: 5, numFailedTests: 0, numPendingTests: 2, numTodoTests: 1 };

describe('the counts of a test run', () => {
  it('come from the report when the runner agrees with it', () => {
    expect(vitestCounts(vitestReport, 0)).toEqual({ passed: 5, failed: 0, skipped: 3 });
  });

  it('hold one failure when the runner failed without a failed test', () => {
    expect(vitestCounts(vitestReport, 1)).toEqual({ passed: 5, failed: 1, skipped: 3 });
  });

  it('hold one failure when no test ran at all', () => {
    const nothing = { numPassedTests: 0, numFailedTests: 0, numPendingTests: 0 };
    expect(vitestCounts(nothing, 0)).toEqual({ passed: 0, failed: 1, skipped: 0 });
  });

  it('call a test that passed only at times a failure', () => {
    const report = { stats: { expected: 3, unexpected: 0, flaky: 1, skipped: 0 } };
    expect(playwrightCounts(report, 0)).toEqual({ passed: 3, failed: 1, skipped: 0 });
  });

  it('turn skips into failures where everything is required', () => {
    expect(withSkipsAsFailures({ passed: 1, failed: 2, skipped: 3 })).toEqual({
      passed: 1,
      failed: 5,
      skipped: 0,
    });
  });

  it('add up to one plain line', () => {
    const counts = { passed: 2, failed: 1, skipped: 0 };
    expect(closingLine(sumCounts([counts, counts]))).toBe('4 passed, 2 failed, 0 skipped');
  });
});
