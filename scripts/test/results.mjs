import { existsSync, readFileSync } from 'node:fs';

/** @typedef {{ passed: number, failed: number, skipped: number }} Counts */

/**
 * What a runner's own exit code adds to its counts: a file that did not load or a run without any
 * test is a failure that no count shows.
 * @param {Counts} counts
 * @param {number} code
 * @returns {Counts}
 */
function honest(counts, code) {
  const total = counts.passed + counts.failed + counts.skipped;
  const hidden = counts.failed === 0 && (code !== 0 || total === 0);
  return hidden ? { ...counts, failed: 1 } : counts;
}

/** Counts of Vitest's JSON report. */
export function vitestCounts(report, code) {
  const { numPassedTests, numFailedTests, numPendingTests, numTodoTests = 0 } = report;
  const skipped = numPendingTests + numTodoTests;
  return honest({ passed: numPassedTests, failed: numFailedTests, skipped }, code);
}

/** Counts of Playwright's JSON report; a test that passed only sometimes is a defect. */
export function playwrightCounts(report, code) {
  const { expected, unexpected, flaky, skipped } = report.stats;
  return honest({ passed: expected, failed: unexpected + flaky, skipped }, code);
}

/** Reads a report and counts it; a runner that wrote none has failed. */
export function readCounts(file, count, code) {
  if (!existsSync(file)) return { passed: 0, failed: 1, skipped: 0 };
  return count(JSON.parse(readFileSync(file, 'utf8')), code);
}

/** The sum of several groups' counts. */
export function sumCounts(all) {
  const sum = (key) => all.reduce((total, counts) => total + counts[key], 0);
  return { passed: sum('passed'), failed: sum('failed'), skipped: sum('skipped') };
}

/** Where everything is required, what was skipped has failed. */
export function withSkipsAsFailures({ passed, failed, skipped }) {
  return { passed, failed: failed + skipped, skipped: 0 };
}

/** The line that ends a run, for people and machines. */
export function closingLine({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed, ${skipped} skipped`;
}
