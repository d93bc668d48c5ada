import type { EntityId } from '../../core/domain/entity.ts';

/**
 * Contacts that name a hypervisor which is not there, by that hypervisor. What a contact names is its own
 * to say, so of each only what it named last is kept.
 */
export class Homeless {
  readonly #waiting = new Map<EntityId, Set<EntityId>>();
  readonly #named = new Map<EntityId, Set<EntityId>>();

  /** How many hypervisors are waited for. */
  get size(): number {
    return this.#waiting.size;
  }

  wait(asking: EntityId, hypervisor: EntityId): void {
    add(this.#waiting, hypervisor, asking);
    add(this.#named, asking, hypervisor);
  }

  /** Who waits for a hypervisor that has come. */
  take(hypervisor: EntityId): readonly EntityId[] {
    const all = [...(this.#waiting.get(hypervisor) ?? [])];
    for (const asking of all) drop(this.#named, asking, hypervisor);
    this.#waiting.delete(hypervisor);
    return all;
  }

  /** A contact is described anew, or is gone: what it named before counts no more. */
  forget(asking: EntityId): void {
    for (const hypervisor of this.#named.get(asking) ?? []) {
      drop(this.#waiting, hypervisor, asking);
    }
    this.#named.delete(asking);
  }
}

type Table = Map<EntityId, Set<EntityId>>;

function add(table: Table, key: EntityId, value: EntityId): void {
  const values = table.get(key) ?? new Set();
  table.set(key, values.add(value));
}

function drop(table: Table, key: EntityId, value: EntityId): void {
  const values = table.get(key);
  values?.delete(value);
  if (values?.size === 0) table.delete(key);
}
