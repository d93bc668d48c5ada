import { expect, it } from 'vitest';
import { MachineLedger } from '../../../agent/machines/machine-ledger.ts';
import { MemoryStore } from '../../../agent/store/agent-store.ts';
import { ok } from '../../../core/lib/result.ts';

it('goes on after a change that failed by a bug', async () => {
  const { machines } = new MemoryStore();
  const quiet = (): void => undefined;
  const logger = { debug: quiet, info: quiet, warning: quiet, error: quiet };
  const ledger = new MachineLedger(machines, logger);
  const failed = ledger.change(() => {
    throw new Error('a bug');
  });
  const next = ledger.change((records) => ok(records));
  await expect(failed).rejects.toThrow('a bug');
  await expect(next).resolves.toEqual(ok(undefined));
});
