import { OutcomeRecord } from '../entities/outcome-record.ts';
import type { Logger } from '../log/logger.ts';
import type { AgentStore } from '../store/agent-store.ts';

/** The record of an entity's orders, from an earlier agent on; what goes wrong with its file is in the log. */
export function openOutcomes(
  store: AgentStore,
  entity: string,
  logger: Logger,
): Promise<OutcomeRecord> {
  return OutcomeRecord.open(store.orders(entity), ({ code, file }) => {
    logger.error(`STORE ${code}: ${file}`);
  });
}
