import { SvelteMap } from 'svelte/reactivity';
import type { AppError } from '../../core/contract/app-error.ts';
import type { AppApi } from '../../core/contract/contract.ts';
import type {
  InventoryDelta,
  InventorySnapshot,
  SubscriptionRequest,
} from '../../core/contract/inventory.ts';
import type { Entity, EntityId } from '../../core/domain/entity.ts';
import { EntityTally, type MachineCount } from './entity-tally.ts';

/** What decides where an entity stands in the roster. */
function placeOf(entity: Entity): string {
  return JSON.stringify([entity.kind, entity.name, entity.groups, entity.hypervisor ?? '']);
}

/** This window's mirror of all entities: one that changes redraws what shows it, and nothing else. */
export class InventoryStore {
  readonly #api: AppApi['inventory'];
  /**
   * For who follows one entity. Going through all of it makes and reads a signal for each, and so does
   * to put one by one what a new map takes at once.
   */
  #entities = $state.raw(new SvelteMap<EntityId, Entity>());
  /** The same, for who goes through all. */
  #all = new Map<EntityId, Entity>();
  readonly #tally = new EntityTally();
  #requests = $state.raw<readonly SubscriptionRequest[]>([]);
  #cachedAt = $state<number>();
  #loaded = $state(false);
  #error = $state.raw<AppError>();
  #structure = $state(0);
  #changes = $state(0);
  #revision: number | undefined;
  #early: InventoryDelta[] = [];

  constructor(api: AppApi['inventory']) {
    this.#api = api;
  }

  get requests(): readonly SubscriptionRequest[] {
    return this.#requests;
  }

  get cachedAt(): number | undefined {
    return this.#cachedAt;
  }

  get loaded(): boolean {
    return this.#loaded;
  }

  get error(): AppError | undefined {
    return this.#error;
  }

  get size(): number {
    return this.#entities.size;
  }

  /** Read while something is drawn, it is drawn anew when entities come, go, or move in the roster. */
  followStructure(): number {
    return this.#structure;
  }

  /** Read while something is drawn, it is drawn anew with every change of any entity. */
  followChanges(): number {
    return this.#changes;
  }

  /** Counts over all entities, as of now. */
  get tally(): Pick<EntityTally, 'states' | 'tags' | 'stale'> {
    this.followChanges();
    return this.#tally;
  }

  find(id: EntityId): Entity | undefined {
    return this.#entities.get(id);
  }

  /** An entity as it is now; drawn anew only by who follows the structure or the changes too. */
  peek(id: EntityId): Entity | undefined {
    return this.#all.get(id);
  }

  /** Those of these entities that are known. */
  pick(ids: Iterable<EntityId>): readonly Entity[] {
    return Array.from(ids).flatMap((id) => this.#entities.get(id) ?? []);
  }

  /** All entities as they are now; drawn anew only by who follows the structure or the changes too. */
  all(): readonly Entity[] {
    return Array.from(this.#all.values());
  }

  /** All hypervisors; drawn anew when entities come, go, or move in the roster. */
  get hypervisors(): readonly Entity[] {
    this.followStructure();
    return this.all().filter(({ kind }) => kind === 'hypervisor');
  }

  machinesOf(hypervisor: EntityId): MachineCount {
    this.followChanges();
    return this.#tally.machinesOf(hypervisor);
  }

  /** Tells main that the user has looked at an entity. */
  seen(entity: EntityId): void {
    void this.#api.seen({ entity });
  }

  start(): () => void {
    const stop = this.#api.changed((delta) => this.#receive(delta));
    void this.load();
    return stop;
  }

  /** Gets everything anew. */
  async load(): Promise<void> {
    this.#revision = undefined;
    this.#early = [];
    const reply = await this.#api.snapshot();
    if (!reply.ok) {
      this.#error = reply.error;
      return;
    }
    this.#error = undefined;
    this.#fill(reply.value);
    const early = this.#early;
    this.#early = [];
    for (const delta of early) this.#receive(delta);
  }

  #fill(snapshot: InventorySnapshot): void {
    const entities = snapshot.entities.map((entity) => [entity.id, entity] as const);
    this.#all = new Map(entities);
    this.#entities = new SvelteMap(entities);
    this.#tally.clear();
    for (const entity of snapshot.entities) this.#tally.add(entity);
    this.#revision = snapshot.revision;
    this.#requests = snapshot.requests;
    this.#cachedAt = snapshot.cachedAt;
    this.#structure += 1;
    this.#changes += 1;
    this.#loaded = true;
  }

  #receive(delta: InventoryDelta): void {
    if (this.#revision === undefined) this.#early.push(delta);
    else if (delta.revision === this.#revision + 1) this.#apply(delta);
    // One was missed: what is shown cannot be trusted any more.
    else if (delta.revision > this.#revision) void this.load();
  }

  #apply(delta: InventoryDelta): void {
    let moved = false;
    for (const entity of delta.changed) moved = this.#set(entity) || moved;
    for (const id of delta.removed) moved = this.#remove(id) || moved;
    if (moved) this.#structure += 1;
    this.#changes += 1;
    this.#revision = delta.revision;
    if (delta.requests) this.#requests = delta.requests;
    if (delta.isCurrent) this.#cachedAt = undefined;
  }

  /** Tells whether its place in the roster may be another now. */
  #set(entity: Entity): boolean {
    const before = this.#all.get(entity.id);
    if (before) this.#tally.remove(before);
    this.#tally.add(entity);
    this.#put(entity);
    return before === undefined || placeOf(before) !== placeOf(entity);
  }

  #remove(id: EntityId): boolean {
    const before = this.#all.get(id);
    if (before) this.#tally.remove(before);
    return this.#delete(id);
  }

  #put(entity: Entity): void {
    this.#all.set(entity.id, entity);
    this.#entities.set(entity.id, entity);
  }

  #delete(id: EntityId): boolean {
    this.#all.delete(id);
    return this.#entities.delete(id);
  }
}
