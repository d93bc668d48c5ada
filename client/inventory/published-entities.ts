import { isDeepStrictEqual } from 'node:util';
import type { Entity, EntityId } from '../../core/domain/entity.ts';

/** Entities as windows were told last. */
export class PublishedEntities {
  readonly #entities = new Map<EntityId, Entity>();
  /** To count them takes as long as there are many. */
  #faults = 0;

  /** How many have something that failed and was not looked at. */
  get faultCount(): number {
    return this.#faults;
  }

  get(id: EntityId): Entity | undefined {
    return this.#entities.get(id);
  }

  all(): readonly Entity[] {
    return [...this.#entities.values()];
  }

  /** Takes an entity in; false where windows know it so. */
  put(id: EntityId, entity: Entity): boolean {
    const before = this.#entities.get(id);
    if (before && isSame(before, entity)) return false;
    this.#entities.set(id, entity);
    this.#faults += faultsOf(entity) - faultsOf(before);
    return true;
  }

  /** Takes an entity out; false where windows know none. */
  remove(id: EntityId): boolean {
    this.#faults -= faultsOf(this.#entities.get(id));
    return this.#entities.delete(id);
  }
}

function faultsOf(entity: Entity | undefined): 0 | 1 {
  return entity?.fault === undefined ? 0 : 1;
}

/** Most properties are words and numbers, which need no walk through both. */
function isSame(one: Entity, other: Entity): boolean {
  const names = Object.keys(one) as (keyof Entity)[];
  return (
    names.length === Object.keys(other).length &&
    names.every((name) => name in other && isSameValue(one[name], other[name]))
  );
}

function isSameValue(one: unknown, other: unknown): boolean {
  return one === other || (typeof one === 'object' && isDeepStrictEqual(one, other));
}
