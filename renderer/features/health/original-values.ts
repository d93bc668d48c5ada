import type { EntityId } from '../../../core/domain/entity.ts';
import type { ReplyOf } from '../../../core/protocol/define-action.ts';
import type { health } from '../../../core/protocol/health.ts';
import type { SeriesValue } from './sample-values.ts';

type HealthInfo = Pick<
  ReplyOf<typeof health.info>,
  'cpu' | 'disk' | 'load' | 'memory' | 'networks'
>;

const KIB = 1024;

/** What the answers of an original agent say, in the units of ours. */
export class OriginalReadings {
  readonly #entity: EntityId;
  #lastDate: number | undefined;

  constructor(entity: EntityId) {
    this.#entity = entity;
  }

  valuesOf(info: HealthInfo): readonly SeriesValue[] {
    const entity = this.#entity;
    const { cpu, memory, load, disk } = info;
    return [
      { entity, name: 'cpu', value: Math.min(100, Math.max(0, 100 - cpu.idlePercent)) },
      { entity, name: 'memory-total', value: memory.totalKib * KIB },
      { entity, name: 'memory-used', value: memory.usedKib * KIB },
      { entity, name: 'memory-shared', value: memory.sharedKib * KIB },
      { entity, name: 'memory-swapped', value: memory.swappedKib * KIB },
      { entity, name: 'load-1', value: load.one },
      { entity, name: 'load-5', value: load.five },
      { entity, name: 'load-15', value: load.fifteen },
      { entity, name: 'disk-total', value: disk.usedBytes + disk.availableBytes },
      { entity, name: 'disk-used', value: disk.usedBytes },
      ...disk.partitions.flatMap(({ mount: device, sizeKib, usedBytes }) => [
        { entity, name: 'partition-total', device, value: sizeKib * KIB } as const,
        { entity, name: 'partition-used', device, value: usedBytes } as const,
      ]),
      ...this.#network(info),
    ];
  }

  /** What passed since the sample before, over the time between the two as the agent dates them. */
  #network({ memory, cpu, networks }: HealthInfo): readonly SeriesValue[] {
    const date = memory.date ?? cpu.date;
    const at =
      date === undefined ? Number.NaN : Date.parse(`${date.slice(0, 23).replace(' ', 'T')}Z`);
    const elapsedMs = at - (this.#lastDate ?? Number.NaN);
    this.#lastDate = at;
    if (!(elapsedMs > 0)) return [];
    const entity = this.#entity;
    return networks.map(({ name: device, deltaBytes }) => {
      const value = (1000 * deltaBytes) / elapsedMs;
      return { entity, name: 'network-received', device, value } as const;
    });
  }
}

/** What an original agent says of a machine: of its processors, and its memory. */
export function machineInfoValues(
  entity: EntityId,
  info: { readonly cpuPercent: number; readonly memoryKib: number; readonly maxMemoryKib: number },
): readonly SeriesValue[] {
  return [
    { entity, name: 'cpu', value: Math.min(100, Math.max(0, info.cpuPercent)) },
    { entity, name: 'memory-used', value: info.memoryKib * KIB },
    { entity, name: 'memory-total', value: info.maxMemoryKib * KIB },
  ];
}
