import type { EntityId } from '../../core/domain/entity.ts';

/** The entities chosen in the roster: commands without a target of their own go to them. */
export class SelectionStore {
  #ids = $state.raw<readonly EntityId[]>([]);

  get ids(): readonly EntityId[] {
    return this.#ids;
  }

  set(ids: readonly EntityId[]): void {
    const same = ids.length === this.#ids.length && ids.every((id, at) => id === this.#ids[at]);
    if (!same) this.#ids = ids;
  }
}
