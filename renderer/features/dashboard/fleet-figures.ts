import { cpuOf, type EntitySample } from '../../../core/contract/statistics.ts';
import type { Entity, EntityId, EntityState } from '../../../core/domain/entity.ts';

/** How many of each list are seen at once. */
export const SHOWN = 6;

/** States in which something is wrong. */
const WRONG: ReadonlySet<EntityState> = new Set<EntityState>(['crashed', 'libvirt-lost']);

export interface FleetFigures {
  readonly hypervisors: { readonly online: number; readonly all: number };
  readonly machines: { readonly running: number; readonly all: number };
  /** Of the hypervisors whose samples tell it; undefined where none does yet. */
  readonly cpuPercent: number | undefined;
  readonly memory: { readonly usedBytes: number; readonly totalBytes: number };
}

export interface Consumer {
  readonly entity: Entity;
  readonly value: number;
}

/** The whole fleet in a few numbers. */
export function fleetFigures(
  entities: readonly Entity[],
  samples: ReadonlyMap<EntityId, EntitySample>,
): FleetFigures {
  const hypervisors = entities.filter(({ kind }) => kind === 'hypervisor');
  const machines = entities.filter(({ kind }) => kind === 'virtualmachine');
  const isOnline = ({ state }: Entity) => state !== 'offline' && state !== 'unknown';
  // What was last heard of one that went away says nothing of now.
  const measured = hypervisors.filter(isOnline).flatMap(({ id }) => samples.get(id) ?? []);
  const busy = measured.flatMap((sample) => cpuOf(sample) ?? []);
  const sum = (of: (one: EntitySample['values']) => number) =>
    measured.reduce((total, { values }) => total + of(values), 0);
  return {
    hypervisors: { online: hypervisors.filter(isOnline).length, all: hypervisors.length },
    machines: {
      running: machines.filter(({ state }) => state === 'running').length,
      all: machines.length,
    },
    cpuPercent: busy.length === 0 ? undefined : busy.reduce((all, one) => all + one) / busy.length,
    memory: {
      usedBytes: sum((one) => one.memoryUsedBytes),
      totalBytes: sum((one) => one.memoryTotalBytes),
    },
  };
}

/** The running machines that use most, the first at the top. */
export function topConsumers(
  entities: readonly Entity[],
  samples: ReadonlyMap<EntityId, EntitySample>,
  of: 'cpuPercent' | 'memoryUsedBytes',
): readonly Consumer[] {
  const running = entities.filter(({ kind, state }) => {
    return kind === 'virtualmachine' && state === 'running';
  });
  return running
    .flatMap((entity) => {
      const sample = samples.get(entity.id);
      const value = sample && (of === 'cpuPercent' ? cpuOf(sample) : sample.values[of]);
      return value === undefined ? [] : [{ entity, value }];
    })
    .sort((left, right) => right.value - left.value)
    .slice(0, SHOWN);
}

/**
 * What is wrong: crashed, without libvirt, over a limit, or marked because something failed. Hypervisors
 * come first, for much hangs on them, and what happened last before what is known for long.
 */
export function troubled(entities: readonly Entity[]): readonly Entity[] {
  const wrong = entities.filter(
    ({ state, fault, overLimit, kind }) =>
      WRONG.has(state) ||
      (fault ?? overLimit) !== undefined ||
      (kind === 'hypervisor' && state === 'offline'),
  );
  const isHost = ({ kind }: Entity): number => (kind === 'hypervisor' ? 1 : 0);
  return wrong.sort((one, other) => isHost(other) - isHost(one) || other.since - one.since);
}

/** What changed its state last, the newest first. */
export function changedLast(entities: readonly Entity[]): readonly Entity[] {
  return entities
    .filter(({ since, kind }) => since > 0 && kind !== 'user')
    .toSorted((left, right) => right.since - left.since)
    .slice(0, SHOWN);
}
