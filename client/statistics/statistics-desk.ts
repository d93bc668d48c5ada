import type { AppError } from '../../core/contract/app-error.ts';
import type { EntitySample, PastWanted, StatisticsWatch } from '../../core/contract/statistics.ts';
import { entityId, type Entity, type EntityId } from '../../core/domain/entity.ts';
import type { BareJid } from '../../core/domain/jid.ts';
import type { Result } from '../../core/lib/result.ts';
import type { StatisticsSample } from '../../core/protocol/statistics-samples.ts';
import type { StatisticsHistory } from '../../core/protocol/statistics.ts';
import type { Clock } from '../../node/xmpp/clock.ts';
import { readPast } from './past.ts';
import { StatisticsSubscriptions, type StatisticsLink } from './statistics-subscriptions.ts';
import { wantedOf } from './wanted-statistics.ts';

/** What becomes visible together is asked for together. */
const SETTLE_MS = 250;
/** Samples that come together are told together. */
const GATHER_MS = 100;

export interface StatisticsDeskDependencies {
  readonly clock: Clock;
  readonly link: (account: BareJid) => StatisticsLink | undefined;
  readonly find: (id: EntityId) => Entity | undefined;
  /** All that may send statistics. */
  readonly all: () => readonly EntityId[];
  readonly announce: (windowId: number, samples: readonly EntitySample[]) => void;
}

/** Subscribes hypervisors to what can be seen, in all windows together. */
export class StatisticsDesk {
  readonly #own: StatisticsDeskDependencies;
  readonly #watches = new Map<string, { readonly windowId: number } & StatisticsWatch>();
  readonly #hidden = new Set<number>();
  readonly #subscriptions: StatisticsSubscriptions;
  #gathered: EntitySample[] = [];
  #isSettling = false;

  constructor(dependencies: StatisticsDeskDependencies) {
    const { clock, link } = dependencies;
    this.#own = dependencies;
    this.#subscriptions = new StatisticsSubscriptions({ clock, link, due: () => this.#adjust() });
  }

  watch(windowId: number, watch: StatisticsWatch): void {
    this.#watches.set(nameOf(windowId, watch.key), { windowId, ...watch });
    this.#settle();
  }

  unwatch(windowId: number, key: string): void {
    if (this.#watches.delete(nameOf(windowId, key))) this.#settle();
  }

  windowClosed(windowId: number): void {
    for (const [name, watch] of this.#watches) {
      if (watch.windowId === windowId) this.#watches.delete(name);
    }
    this.#hidden.delete(windowId);
    this.#settle();
  }

  windowShown(windowId: number, isVisible: boolean): void {
    if (isVisible) this.#hidden.delete(windowId);
    else this.#hidden.add(windowId);
    this.#settle();
  }

  past(wanted: PastWanted): Promise<Result<StatisticsHistory, AppError>> {
    const { find, link, clock } = this.#own;
    return readPast(wanted, { find, link, now: clock.now() });
  }

  /** An entity came or went, or became known: whoever looks at it may be told now. */
  entityChanged(account: BareJid, jid: BareJid, isNew: boolean): void {
    if (isNew) this.#subscriptions.forget(entityId(account, jid));
    if (this.#watches.size > 0) this.#settle();
  }

  /** The stream is gone, and with it what was subscribed over it. */
  accountOffline(account: BareJid): void {
    this.#subscriptions.forgetAccount(account);
  }

  /**
   * Samples that an entity sent; of those that were not asked for nothing is believed,
   * nor what one says of the machines of another.
   */
  received(account: BareJid, from: BareJid, samples: readonly StatisticsSample[]): void {
    const id = entityId(account, from);
    if (!this.#subscriptions.has(id)) return;
    if (this.#gathered.length === 0) this.#own.clock.after(GATHER_MS, () => this.#tell());
    const domain = from.slice(from.lastIndexOf('@') + 1);
    for (const { atMs: at, intervalMs, hypervisors, machines } of samples) {
      const isFirst = intervalMs === undefined;
      for (const values of hypervisors) {
        this.#gathered.push({ kind: 'hypervisor', entity: id, at, isFirst, values });
      }
      for (const values of machines) {
        const entity = `${account}>${values.uuid}@${domain}` as EntityId;
        const { hypervisor = id } = this.#own.find(entity) ?? {};
        if (hypervisor !== id) continue;
        const isNew = isFirst || values.isFirst === true;
        this.#gathered.push({ kind: 'virtualmachine', entity, at, isFirst: isNew, values });
      }
    }
  }

  #tell(): void {
    const gathered = this.#gathered;
    this.#gathered = [];
    for (const [windowId, watches] of this.#visible()) {
      const fleets = new Set(watches.map(({ fleet }) => fleet));
      const wanted = new Set(watches.flatMap(({ entities }) => entities));
      const own = gathered.filter(({ kind, entity }) => {
        const isOfFleet = kind === 'hypervisor' && fleets.has('hypervisors');
        return isOfFleet || fleets.has('all') || wanted.has(entity);
      });
      if (own.length > 0) this.#own.announce(windowId, own);
    }
  }

  #visible(): ReadonlyMap<number, readonly StatisticsWatch[]> {
    const shown = new Map<number, StatisticsWatch[]>();
    for (const { windowId, ...watch } of this.#watches.values()) {
      if (this.#hidden.has(windowId)) continue;
      shown.set(windowId, [...(shown.get(windowId) ?? []), watch]);
    }
    return shown;
  }

  #settle(): void {
    if (this.#isSettling) return;
    this.#isSettling = true;
    this.#own.clock.after(SETTLE_MS, () => {
      this.#isSettling = false;
      this.#adjust();
    });
  }

  #adjust(): void {
    const watches = [...this.#visible().values()].flat();
    this.#subscriptions.adjust(wantedOf(watches, this.#own.find, this.#own.all));
  }
}

function nameOf(windowId: number, key: string): string {
  return `${windowId} ${key}`;
}
