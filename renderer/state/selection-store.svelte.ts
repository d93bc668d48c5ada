import type { EntityId } from '../../core/domain/entity.ts';

/** A group of the roster that is selected by itself, and all that stands in it. */
export interface SelectedGroup {
  readonly label: string;
  /** Its whole name; absent where the roster made it up, as for people. */
  readonly name?: string;
  readonly members: readonly EntityId[];
}

/** What is chosen in the roster: commands without a target of their own go to its entities. */
export class SelectionStore {
  #ids = $state.raw<readonly EntityId[]>([]);
  #groupNow = $state.raw<() => SelectedGroup | undefined>(() => undefined);

  get ids(): readonly EntityId[] {
    return this.#ids;
  }

  /** The group that is selected, when no entity is. Its members are no targets: nobody chose them one by one. */
  get group(): SelectedGroup | undefined {
    return this.#ids.length === 0 ? this.#groupNow() : undefined;
  }

  /** `groupNow` tells of the group as it is at any time. */
  set(ids: readonly EntityId[], groupNow: () => SelectedGroup | undefined = () => undefined): void {
    const same = ids.length === this.#ids.length && ids.every((id, at) => id === this.#ids[at]);
    if (!same) this.#ids = ids;
    this.#groupNow = groupNow;
  }
}
