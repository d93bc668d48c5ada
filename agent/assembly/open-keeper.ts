import { err, ok } from '../../core/lib/result.ts';
import type { BelongingsKeeper } from '../entities/belongings.ts';
import type { Logger } from '../log/logger.ts';
import type { AgentStore, HypervisorRecord } from '../store/agent-store.ts';

/** What users gave the entity that the store is of, beside its virtual machines. */
export async function openKeeper(
  { hypervisor: kept }: Pick<AgentStore, 'hypervisor'>,
  logger: Logger,
): Promise<BelongingsKeeper> {
  const loaded = await kept.load();
  if (!loaded.ok) logger.error(`STORE ${loaded.error.code}: ${loaded.error.file}`);
  let record: HypervisorRecord = (loaded.ok ? loaded.value : undefined) ?? { tags: [] };
  return {
    now: () => record,
    keep: async ({ tags, avatar }) => {
      const next = { tags: [...(tags ?? record.tags)], avatar: avatar ?? record.avatar };
      const saved = await kept.save(next);
      if (!saved.ok) return err(`${saved.error.code}: ${saved.error.file}`);
      record = next;
      return ok(undefined);
    },
  };
}
