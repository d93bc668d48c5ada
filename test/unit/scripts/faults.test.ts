import path from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  outcomeOf,
  playwrightOutcomes,
  readFaultRows,
  vitestOutcomes,
} from '../../../scripts/test/faults.mjs';

const root = process.cwd();

it('reads the rows of the table of faults', () => {
  const page = [
    '# Faults',
    '',
    '| Fault | Read | Next | Test |',
    '| --- | --- | --- | --- |',
    '| Cut | Nothing: x. | It. | `test/unit/a.test.ts` › is cut<br>`test/e2e/b.spec.ts` › is mended |',
    '',
  ].join('\n');
  expect(readFaultRows(page)).toEqual([
    {
      fault: 'Cut',
      words: 'Nothing: x.',
      next: 'It.',
      tests: [
        { file: 'test/unit/a.test.ts', name: 'is cut' },
        { file: 'test/e2e/b.spec.ts', name: 'is mended' },
      ],
    },
  ]);
});

describe('what became of a test of the table', () => {
  const vitest = vitestOutcomes({
    testResults: [
      {
        name: path.join(root, 'test/unit/a.test.ts'),
        assertionResults: [
          { title: 'passes', status: 'passed' },
          { title: 'fails', status: 'failed' },
          { title: 'waits', status: 'pending' },
          { title: 'is many', status: 'passed' },
          { title: 'is many', status: 'failed' },
        ],
      },
    ],
  });
  const playwright = playwrightOutcomes({
    config: { rootDir: path.join(root, 'test/e2e') },
    suites: [
      {
        specs: [{ file: 'b.spec.ts', title: 'passes', ok: true, tests: [{ status: 'expected' }] }],
        suites: [
          {
            specs: [
              { file: 'b.spec.ts', title: 'waits', ok: true, tests: [{ status: 'skipped' }] },
              { file: 'b.spec.ts', title: 'fails', ok: false, tests: [{ status: 'unexpected' }] },
            ],
          },
        ],
      },
    ],
  });
  const reports = new Map([
    ['unit', vitest],
    ['e2e', playwright],
  ]);

  it.each([
    ['test/unit/a.test.ts', 'passes', 'passed'],
    ['test/unit/a.test.ts', 'fails', 'failed'],
    ['test/unit/a.test.ts', 'waits', 'skipped'],
    ['test/unit/a.test.ts', 'is many', 'failed'],
    ['test/unit/a.test.ts', 'is none', 'did not run'],
    ['test/unit/other.test.ts', 'passes', 'did not run'],
    ['test/e2e/b.spec.ts', 'passes', 'passed'],
    ['test/e2e/b.spec.ts', 'waits', 'skipped'],
    ['test/e2e/b.spec.ts', 'fails', 'failed'],
    ['test/packaging/c.test.ts', 'passes', 'skipped'],
  ])('%s › %s: %s', (file, name, outcome) => {
    expect(outcomeOf({ file, name }, reports)).toBe(outcome);
  });
});
