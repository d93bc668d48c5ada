import { setTimeout as wait } from 'node:timers/promises';
import type { Entity, EntityId } from '../core/domain/entity.ts';
import type { InventoryDelta, InventorySnapshot } from '../core/contract/inventory.ts';
import { isOneSlipAway } from '../core/domain/similar-jid.ts';
import { err, ok, type Result } from '../core/lib/result.ts';

/** What kept a name from meaning one entity. */
export type NoEntity =
  | { readonly code: 'unknown'; readonly name: string; readonly similar: readonly string[] }
  | { readonly code: 'no-machine'; readonly name: string }
  | { readonly code: 'ambiguous'; readonly name: string; readonly jids: readonly string[] };

/** How long it is waited for what agents say that they can do. */
export const AGENT_PATIENCE_MS = 3_000;
/** How long it is waited for the presence of one that is meant: a busy computer hears of it late. */
const HEARD_PATIENCE_MS = 10_000;
const MOST_SIMILAR = 5;
const HOSTS: ReadonlySet<Entity['kind']> = new Set(['hypervisor', 'central-agent']);

/** The command line's mirror of the inventory. */
export class Fleet {
  readonly #entities = new Map<EntityId, Entity>();
  readonly #listeners = new Set<(delta: InventoryDelta) => void>();
  #changedAt = Date.now();

  begin(snapshot: InventorySnapshot): void {
    for (const entity of snapshot.entities) this.#entities.set(entity.id, entity);
  }

  apply(delta: InventoryDelta): void {
    if (delta.removed.length > 0 || delta.changed.some((one) => this.#isNews(one))) {
      this.#changedAt = Date.now();
    }
    for (const id of delta.removed) this.#entities.delete(id);
    for (const entity of delta.changed) this.#entities.set(entity.id, entity);
    for (const listener of this.#listeners) listener(delta);
  }

  /** Details go on coming in long after everything that is there has been heard of. */
  #isNews({ id, state, name, resource }: Entity): boolean {
    const known = this.#entities.get(id);
    return known?.state !== state || known.name !== name || known.resource !== resource;
  }

  onChange(listener: (delta: InventoryDelta) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  all(): readonly Entity[] {
    return [...this.#entities.values()].sort((left, right) => left.name.localeCompare(right.name));
  }

  get(id: EntityId): Entity | undefined {
    return this.#entities.get(id);
  }

  /** Waits until nobody has come, gone or changed state for a moment: presences come in a burst after the log-in. */
  async settled(quietMs: number, patienceMs: number): Promise<void> {
    const deadline = Date.now() + patienceMs;
    while (Date.now() < deadline) {
      const quiet = Date.now() - this.#changedAt;
      if (quiet >= quietMs && this.#entities.size > 0) return;
      await wait(Math.max(10, Math.min(quietMs - quiet, deadline - Date.now())));
    }
  }

  /**
   * Waits until all of these have said what their agents can do, which follows their presences. Those
   * that never say so, as original agents, are not waited for any longer than this.
   */
  agentsKnown(ids: readonly EntityId[], patienceMs: number): Promise<void> {
    return this.#until(() => ids.every((id) => this.get(id)?.agent !== undefined), patienceMs);
  }

  /** Waits until what is known of an entity is of this log-in, and no longer of an earlier run. */
  heard(id: EntityId, patienceMs: number): Promise<void> {
    return this.#until(() => isHeard(this.get(id)), patienceMs);
  }

  /** The entity that a name means, once this log-in has told whether it is there. */
  async findHeard(name: string): Promise<Result<Entity, NoEntity>> {
    const found = this.find(name);
    if (!found.ok) return found;
    const { id } = found.value;
    await this.heard(id, HEARD_PATIENCE_MS);
    return ok(this.get(id) ?? found.value);
  }

  /** The virtual machine that a name means; hosts have no screen of their own. */
  async findMachine(name: string): Promise<Result<Entity, NoEntity>> {
    const found = await this.findHeard(name);
    // A machine that has never been seen cannot be told from a person.
    const isHost = found.ok && HOSTS.has(found.value.kind);
    return isHost ? err({ code: 'no-machine', name }) : found;
  }

  /** The entity that a name, a JID, or the beginning of a JID or UUID means. */
  find(name: string): Result<Entity, NoEntity> {
    const wanted = name.toLowerCase();
    // Names are chosen by whoever owns the entity: one that is a JID stands for nobody's but its own.
    const own = this.all().filter((one) => one.jid === wanted);
    const named = this.all().filter((one) => one.name.toLowerCase() === wanted);
    const exact = own.length > 0 ? own : named;
    const [only, second] =
      exact.length > 0 ? exact : this.all().filter((one) => one.jid.startsWith(wanted));
    if (only && !second) return ok(only);
    if (only) {
      const jids = (exact.length > 0 ? exact : [only, second]).flatMap((one) => one?.jid ?? []);
      return err({ code: 'ambiguous', name, jids });
    }
    return err({ code: 'unknown', name, similar: this.#similarTo(wanted) });
  }

  /** The names that somebody may have meant: those one slip of the hand away, then those with it inside. */
  #similarTo(wanted: string): readonly string[] {
    const names = this.all().map((one) => one.name);
    const slips = names.filter((name) => isOneSlipAway(name.toLowerCase(), wanted));
    const longer = names.filter((name) => name.toLowerCase().includes(wanted));
    return [...new Set([...slips, ...longer])].slice(0, MOST_SIMILAR);
  }

  async #until(isSo: () => boolean, patienceMs: number): Promise<void> {
    if (isSo()) return;
    await new Promise<void>((resolve) => {
      const end = (): void => {
        clearTimeout(timer);
        stop();
        resolve();
      };
      const timer = setTimeout(end, patienceMs);
      const stop = this.onChange(() => isSo() && end());
    });
  }
}

/** Of who can be heard, nothing is known before that; others stay unknown. */
function isHeard(entity: Entity | undefined): boolean {
  if (!entity) return true;
  const { resource, stale, state, subscription } = entity;
  const canBeHeard = subscription === 'to' || subscription === 'both';
  return !stale && (state !== 'unknown' || resource !== undefined || !canBeHeard);
}

/** Why a name means nothing, with the remedy. */
export function describeNoEntity(problem: NoEntity): string {
  if (problem.code === 'ambiguous') {
    return `“${problem.name}” means several: ${problem.jids.join(', ')}. Give the JID.`;
  }
  if (problem.code === 'no-machine') {
    return `${problem.name} is no virtual machine. “archipel list --kind virtualmachine” shows them.`;
  }
  const hint = problem.similar.length > 0 ? ` Did you mean ${problem.similar.join(' or ')}?` : '';
  return `“${problem.name}” is not in the roster.${hint} “archipel list” shows what is.`;
}
