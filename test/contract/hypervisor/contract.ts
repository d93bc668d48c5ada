import { afterAll, afterEach, beforeAll, describe } from 'vitest';
import { Bench } from './bench.ts';
import { connectionCases } from './connection-cases.ts';
import { consoleCases } from './console-cases.ts';
import { definitionCases } from './definition-cases.ts';
import { figureCases } from './figure-cases.ts';
import { lifecycleCases } from './lifecycle-cases.ts';
import type { Expected, Subject } from './subject.ts';

/** All that the port promises, tried on one adapter and driver. */
export function describeHypervisor(
  name: string,
  canRun: boolean,
  expected: Expected,
  start: () => Promise<Subject>,
): void {
  describe.runIf(canRun)(name, () => {
    const bench = new Bench(expected);
    beforeAll(async () => {
      bench.use(await start());
    });
    afterEach(() => {
      bench.clear();
    });
    afterAll(async () => {
      await bench.cleared();
      await bench.subject.stop();
    });

    definitionCases(bench);
    lifecycleCases(bench, expected);
    figureCases(bench, expected);
    consoleCases(bench, expected);
    connectionCases(bench, expected);
  });
}
