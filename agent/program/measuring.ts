import { access } from 'node:fs/promises';
import { systemClock } from '../../node/xmpp/clock.ts';
import type { Values } from '../configuration/configuration.ts';
import { HealthCollector } from '../health/collector.ts';
import { HYPERVISOR_SUBJECT, Past, tiersFor } from '../health/past.ts';
import { PastFiles } from '../health/past-files.ts';
import { ProcProbe } from '../health/proc-probe.ts';
import type { Hypervisor } from '../hypervisor/hypervisor.ts';
import type { Logger } from '../log/logger.ts';
import type { AgentStore } from '../store/agent-store.ts';

/** What measures this machine, and lets go of its files. */
export interface Measuring {
  readonly statistics: HealthCollector;
  close(): Promise<void>;
}

/** Takes up the past of an earlier run; the machine is measured once the agent starts. */
export async function measuring(
  { HEALTH, STORE }: Values,
  hypervisor: Hypervisor,
  store: AgentStore,
  logger: Logger,
): Promise<Measuring> {
  await noteOriginal(HEALTH.health_database_path, logger);
  const intervalMs = Math.max(1, HEALTH.health_collection_interval) * 1000;
  const tiers = tiersFor(intervalMs);
  const files = new PastFiles(STORE.store_folder, tiers, ({ code, file }) =>
    logger.error(`HEALTH ${code}: ${file}`),
  );
  const past = new Past(tiers, files);
  const machines = await store.machines.load();
  const kept = new Set(((machines.ok && machines.value) || []).map(({ uuid }) => uuid));
  await files.restore(past, (subject) => subject === HYPERVISOR_SUBJECT || kept.has(subject));
  const statistics = new HealthCollector({
    hypervisor,
    probe: new ProcProbe(),
    past,
    clock: systemClock,
    intervalMs,
    onTrouble: (why) => logger.warning(`HEALTH cannot be measured: ${why}`),
  });
  return { statistics, close: () => files.close() };
}

/** Its samples are of the whole host, five seconds apart, without a time zone: they are not worth taking over. */
async function noteOriginal(path: string, logger: Logger): Promise<void> {
  const isThere = await access(path).then(
    () => true,
    () => false,
  );
  if (isThere)
    logger.info(`HEALTH the samples of an original agent are left where they are: ${path}`);
}
