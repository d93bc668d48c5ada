import type { Entity } from '../../core/domain/entity.ts';
import { STATISTICS_NAMESPACE } from '../../core/protocol/statistics.ts';
import type { Stores } from '../state/stores.ts';

/** Whether the agent of an entity, or that of its hypervisor, sends samples of it. */
export function isMeasured(entity: Entity, { inventory }: Pick<Stores, 'inventory'>): boolean {
  const host = inventory.find(entity.hypervisor ?? entity.id);
  return host?.agent?.features.includes(STATISTICS_NAMESPACE) === true;
}

/** What small meters show of an entity, in percent; undefined while it was not measured. */
export function meterShares(
  entity: Entity,
  stores: Pick<Stores, 'inventory' | 'statistics'>,
): { readonly cpu: number | undefined; readonly memory: number } | undefined {
  const isWorking = entity.state === 'running' || entity.state === 'available';
  if (!isWorking || !isMeasured(entity, stores)) return undefined;
  // Wanted of the agent only while it is read here, which is while this is on screen.
  const { reading } = stores.statistics.meter(entity.id);
  if (!reading) return undefined;
  const { cpuPercent, memoryUsedBytes, memoryTotalBytes } = reading;
  return { cpu: cpuPercent, memory: (100 * memoryUsedBytes) / Math.max(1, memoryTotalBytes) };
}
