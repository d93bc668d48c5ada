import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { root } from '../lib/project.mjs';

const reportFolder = path.join(root, 'out/test');
const pageFile = path.join(root, 'docs/faults.md');

/**
 * A test that a row of the table names, and a fault with all of its tests.
 * @typedef {{ readonly file: string, readonly name: string }} NamedTest
 * @typedef {{ fault: string, words: string, next: string, tests: readonly NamedTest[] }} FaultRow
 */

/**
 * A test that ran, or was skipped, as its runner reported it.
 * @typedef {NamedTest & { readonly outcome: 'passed' | 'failed' | 'skipped' }} ReportedTest
 */

/** The rows of the table in docs/faults.md. @returns {readonly FaultRow[]} */
export function readFaultRows(markdown) {
  const lines = markdown.split('\n').filter((line) => line.startsWith('|'));
  return lines.slice(2).map((line) => {
    const cells = line.split('|').slice(1, -1);
    const [fault = '', words = '', next = '', tests = ''] = cells.map((cell) => cell.trim());
    return { fault, words, next, tests: tests.split('<br>').map(readNamedTest) };
  });
}

function readNamedTest(text) {
  const [file = '', name = ''] = text.split(' › ');
  return { file: file.trim().replaceAll('`', ''), name: name.trim() };
}

/** @returns {readonly ReportedTest[]} */
export function vitestOutcomes(report) {
  return report.testResults.flatMap(({ name: file, assertionResults }) =>
    assertionResults.map(({ title: name, status }) => {
      const outcome = status === 'passed' || status === 'failed' ? status : 'skipped';
      return { file: path.relative(root, file), name, outcome };
    }),
  );
}

/** @returns {readonly ReportedTest[]} */
export function playwrightOutcomes({ config, suites }) {
  const specsOf = (suite) => [...(suite.specs ?? []), ...(suite.suites ?? []).flatMap(specsOf)];
  return suites.flatMap(specsOf).map(({ file, title: name, ok, tests }) => {
    const isSkipped = tests.every(({ status }) => status === 'skipped');
    const outcome = isSkipped ? 'skipped' : ok ? 'passed' : 'failed';
    return { file: path.relative(root, path.resolve(config.rootDir, file)), name, outcome };
  });
}

/**
 * What became of a test of the table. A name may stand for many: one for each case of a table.
 * @param {NamedTest} test
 * @param {ReadonlyMap<string, readonly ReportedTest[]>} reports by group; a group that was skipped has none
 * @returns {'passed' | 'failed' | 'skipped' | 'did not run'}
 */
export function outcomeOf({ file, name }, reports) {
  const [, group = ''] = file.split('/');
  const report = reports.get(group);
  if (report === undefined) return 'skipped';
  const same = report.filter((one) => one.file === file && one.name === name);
  if (same.length === 0) return 'did not run';
  const worst = ['failed', 'skipped'].find((one) => same.some(({ outcome }) => outcome === one));
  return worst ?? 'passed';
}

/** Forgets what an earlier run reported, which a group that is skipped now would leave. */
export function forgetReports() {
  mkdirSync(reportFolder, { recursive: true });
  for (const name of readdirSync(reportFolder)) {
    if (name.endsWith('.json')) rmSync(path.join(reportFolder, name));
  }
}

function readReports() {
  const names = existsSync(reportFolder) ? readdirSync(reportFolder) : [];
  const found = names.flatMap((name) => {
    if (!name.endsWith('.json')) return [];
    const report = JSON.parse(readFileSync(path.join(reportFolder, name), 'utf8'));
    const outcomes = 'suites' in report ? playwrightOutcomes(report) : vitestOutcomes(report);
    return [[path.basename(name, '.json'), outcomes]];
  });
  return new Map(found);
}

/** Whether every test of docs/faults.md ran in this run and passed. */
async function checkFaults() {
  const reports = readReports();
  const counts = { passed: 0, failed: 0, skipped: 0 };
  for (const { fault, tests } of readFaultRows(readFileSync(pageFile, 'utf8'))) {
    const outcomes = tests.map((test) => ({ test, outcome: outcomeOf(test, reports) }));
    const bad = outcomes.filter(({ outcome }) => outcome !== 'passed');
    for (const { test, outcome } of bad) {
      console.log(`${fault}: ${outcome}: ${test.file} › ${test.name}`);
    }
    const isFailed = bad.some(({ outcome }) => outcome !== 'skipped');
    counts[isFailed ? 'failed' : bad.length > 0 ? 'skipped' : 'passed'] += 1;
  }
  return counts;
}

/**
 * The last step of a run of all groups.
 * @type {import('./groups.mjs').Group}
 */
export const faultsCheck = {
  name: 'faults',
  requires: [],
  wants: [],
  needsApp: false,
  run: checkFaults,
};
