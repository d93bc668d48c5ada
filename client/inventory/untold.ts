import type { Entity, EntityId } from '../../core/domain/entity.ts';

/** What was published and windows have not been told yet: of each entity how it is now. */
export class Untold {
  /** Undefined stands for one that is gone. */
  readonly #entities = new Map<EntityId, Entity | undefined>();
  #since = 0;

  changed(entity: Entity): void {
    this.#set(entity.id, entity);
  }

  removed(id: EntityId): void {
    this.#set(id, undefined);
  }

  /** Whether the first of it has waited for longer than that, in milliseconds. */
  isOlderThan(ms: number): boolean {
    return this.#entities.size > 0 && performance.now() - this.#since > ms;
  }

  /** All of it, which is told then. */
  take(): { readonly changed: readonly Entity[]; readonly removed: readonly EntityId[] } {
    const changed: Entity[] = [];
    const removed: EntityId[] = [];
    for (const [id, entity] of this.#entities) {
      if (entity) changed.push(entity);
      else removed.push(id);
    }
    this.#entities.clear();
    return { changed, removed };
  }

  #set(id: EntityId, entity: Entity | undefined): void {
    if (this.#entities.size === 0) this.#since = performance.now();
    this.#entities.set(id, entity);
  }
}
