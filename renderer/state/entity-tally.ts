import type { Entity, EntityId, EntityState } from '../../core/domain/entity.ts';

/** How many virtual machines a hypervisor has, and how many of them run. */
export interface MachineCount {
  readonly running: number;
  readonly all: number;
}

const NONE: MachineCount = { running: 0, all: 0 };

function bump<K>(counts: Map<K, number>, key: K, by: number): void {
  const next = (counts.get(key) ?? 0) + by;
  if (next > 0) counts.set(key, next);
  else counts.delete(key);
}

/** Counts over all entities that cost as much as what changed, not as much as there is. */
export class EntityTally {
  readonly #machines = new Map<EntityId, MachineCount>();
  readonly #states = new Map<EntityState, number>();
  readonly #tags = new Map<string, number>();
  #stale = 0;

  get states(): ReadonlyMap<EntityState, number> {
    return this.#states;
  }

  get tags(): ReadonlyMap<string, number> {
    return this.#tags;
  }

  get stale(): number {
    return this.#stale;
  }

  machinesOf(hypervisor: EntityId): MachineCount {
    return this.#machines.get(hypervisor) ?? NONE;
  }

  add(entity: Entity): void {
    this.#count(entity, 1);
  }

  remove(entity: Entity): void {
    this.#count(entity, -1);
  }

  clear(): void {
    this.#machines.clear();
    this.#states.clear();
    this.#tags.clear();
    this.#stale = 0;
  }

  #count(entity: Entity, by: 1 | -1): void {
    if (entity.kind === 'virtualmachine') bump(this.#states, entity.state, by);
    for (const tag of entity.tags) bump(this.#tags, tag, by);
    if (entity.stale) this.#stale += by;
    if (entity.hypervisor === undefined) return;
    const { running, all } = this.machinesOf(entity.hypervisor);
    const runs = entity.state === 'running' ? by : 0;
    this.#machines.set(entity.hypervisor, { running: running + runs, all: all + by });
  }
}
