import type { DomainState } from '../domain.ts';
import type { BalloonStatistics, DomainStatistics, StatisticsGroup } from '../statistics.ts';
import type { Definition } from './definition.ts';
import { diskFigures } from './disk-figures.ts';
import type { Guest } from './guest.ts';

const IDLE = { readBytes: 0, writeBytes: 0 } as const;

/** The statistics of a domain in the groups that are asked for; of one without a guest, those that it has at rest. */
export function domainFigures(
  groups: ReadonlySet<StatisticsGroup>,
  state: DomainState,
  definition: Definition,
  guest: Guest | undefined,
): Omit<DomainStatistics, 'uuid' | 'name'> {
  const ifAsked = <T>(group: StatisticsGroup, value: () => T): T | undefined =>
    groups.has(group) ? value() : undefined;
  return {
    state: ifAsked('state', () => state),
    cpuTimeNs: ifAsked('cpu', () => guest?.cpuTimeNs()),
    ...(guest && groups.has('state') ? { startedAtMs: guest.startedAtMs } : {}),
    balloon: ifAsked('balloon', () => guest?.balloon() ?? balloonOff(definition)),
    vcpus: ifAsked('vcpu', () => guest?.vcpus() ?? []),
    interfaces: ifAsked('interface', () => guest?.interfaces()),
    blocks: ifAsked('block', () => guest?.blocks() ?? diskFigures(definition, () => IDLE)),
  };
}

function balloonOff({ memoryKiB, maxMemoryKiB }: Definition): BalloonStatistics {
  return {
    currentKiB: memoryKiB,
    maximumKiB: maxMemoryKiB,
    residentKiB: undefined,
    unusedKiB: undefined,
  };
}
