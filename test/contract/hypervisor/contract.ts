import { afterAll, afterEach, beforeAll, describe } from 'vitest';
import { Bench } from './bench.ts';
import { connectionCases } from './connection-cases.ts';
import { consoleCases } from './console-cases.ts';
import { definitionCases } from './definition-cases.ts';
import { figureCases } from './figure-cases.ts';
import { lifecycleCases } from './lifecycle-cases.ts';
import type { Expected, Subject } from './subject.ts';

type Cases = (bench: Bench, expected: Expected) => void;

/** What domains are and what is done to them. */
export const DOMAIN_CASES: readonly Cases[] = [definitionCases, lifecycleCases];
/** What guests show of themselves, and the connection to the hypervisor, which these end. */
export const GUEST_CASES: readonly Cases[] = [figureCases, consoleCases, connectionCases];

/**
 * All that the port promises, tried on one adapter and driver. Where guests are slow each half has a
 * file of its own, so that they run side by side.
 */
export function describeHypervisor(
  name: string,
  canRun: boolean,
  expected: Expected,
  start: () => Promise<Subject>,
  parts: readonly Cases[] = [...DOMAIN_CASES, ...GUEST_CASES],
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

    for (const cases of parts) cases(bench, expected);
  });
}
