import type { AppError } from '../../core/contract/app-error.ts';
import type { EntitySample, PastWanted, StatisticsWatch } from '../../core/contract/statistics.ts';
import { entityId, type Entity, type EntityId } from '../../core/domain/entity.ts';
import type { BareJid } from '../../core/domain/jid.ts';
import type { Result } from '../../core/lib/result.ts';
import type { Action } from '../../core/protocol/define-action.ts';
import type { MachineChoice } from '../../core/protocol/codec/measured-values.ts';
import type { StatisticsSample } from '../../core/protocol/statistics-samples.ts';
import { statistics, type StatisticsHistory } from '../../core/protocol/statistics.ts';
import type { Clock } from '../../node/xmpp/clock.ts';
import type { AskOptions } from '../requests/request-engine.ts';
import { readPast } from './past.ts';
import { wantedOf, type Wanted } from './wanted-statistics.ts';

/** A subscription ends by itself when the application does. */
const LEASE_S = 600;
const RENEW_MS = 480_000;
/** What becomes visible together is asked for together. */
const SETTLE_MS = 250;
/** Samples that come together are told together. */
const GATHER_MS = 100;

interface StatisticsLink {
  ask<Request, Reply>(
    action: Action<Request, Reply, 'get'>,
    jid: BareJid,
    input: Request,
    options: AskOptions,
  ): Promise<Result<Reply, AppError>>;
}

export interface StatisticsDeskDependencies {
  readonly clock: Clock;
  readonly link: (account: BareJid) => StatisticsLink | undefined;
  readonly find: (id: EntityId) => Entity | undefined;
  /** All that may send statistics. */
  readonly all: () => readonly EntityId[];
  readonly announce: (windowId: number, samples: readonly EntitySample[]) => void;
}

interface Subscribed {
  readonly text: string;
  readonly wanted: Wanted;
  readonly renewAt: number;
}

/** Subscribes hypervisors to exactly what can be seen now, in all windows together. */
export class StatisticsDesk {
  readonly #own: StatisticsDeskDependencies;
  readonly #watches = new Map<string, { readonly windowId: number } & StatisticsWatch>();
  readonly #hidden = new Set<number>();
  readonly #subscribed = new Map<EntityId, Subscribed>();
  #gathered: EntitySample[] = [];
  #isSettling = false;
  #renewing: (() => void) | undefined;

  constructor(dependencies: StatisticsDeskDependencies) {
    this.#own = dependencies;
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
    if (isNew) this.#subscribed.delete(entityId(account, jid));
    if (this.#watches.size > 0) this.#settle();
  }

  /** The stream is gone, and with it what was subscribed over it. */
  accountOffline(account: BareJid): void {
    for (const [id, { wanted }] of this.#subscribed) {
      if (wanted.account === account) this.#subscribed.delete(id);
    }
  }

  /**
   * Samples that an entity sent; of those that were not asked for nothing is believed,
   * nor what one says of the machines of another.
   */
  received(account: BareJid, from: BareJid, samples: readonly StatisticsSample[]): void {
    const id = entityId(account, from);
    if (!this.#subscribed.has(id)) return;
    if (this.#gathered.length === 0) this.#own.clock.after(GATHER_MS, () => this.#tell());
    const domain = from.slice(from.lastIndexOf('@') + 1);
    for (const { atMs: at, hypervisors, machines } of samples) {
      for (const values of hypervisors) {
        this.#gathered.push({ kind: 'hypervisor', entity: id, at, values });
      }
      for (const values of machines) {
        const entity = `${account}>${values.uuid}@${domain}` as EntityId;
        const { hypervisor = id } = this.#own.find(entity) ?? {};
        if (hypervisor !== id) continue;
        this.#gathered.push({ kind: 'virtualmachine', entity, at, values });
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

  /** Asks for what is wanted and was not, and for no more of what is not wanted any more. */
  #adjust(): void {
    const watches = [...this.#visible().values()].flat();
    const wanted = wantedOf(watches, this.#own.find, this.#own.all);
    const now = this.#own.clock.now();
    for (const [id, one] of wanted) {
      const text = textOf(one);
      const known = this.#subscribed.get(id);
      if (known?.text === text && known.renewAt > now) continue;
      this.#subscribed.set(id, { text, wanted: one, renewAt: now + RENEW_MS });
      void this.#subscribe(id, one);
    }
    for (const [id, { wanted: one }] of this.#subscribed) {
      if (wanted.has(id)) continue;
      this.#subscribed.delete(id);
      const link = this.#own.link(one.account);
      void link?.ask(statistics.unsubscribe, one.jid, {}, OPTIONS);
    }
    this.#planRenewal();
  }

  #planRenewal(): void {
    this.#renewing?.();
    this.#renewing = undefined;
    if (this.#subscribed.size === 0) return;
    const next = Math.min(...[...this.#subscribed.values()].map(({ renewAt }) => renewAt));
    const delay = Math.max(0, next - this.#own.clock.now());
    this.#renewing = this.#own.clock.after(delay, () => this.#adjust());
  }

  async #subscribe(id: EntityId, { account, jid, ...wanted }: Wanted): Promise<void> {
    const { hypervisor, intervalSeconds } = wanted;
    const machines: MachineChoice = wanted.machines === 'all' ? 'all' : [...wanted.machines];
    const input = { intervalSeconds, leaseSeconds: LEASE_S, hypervisor, machines };
    const link = this.#own.link(account);
    // What was refused is asked again when the lease would have been renewed.
    if (link) await link.ask(statistics.subscribe, jid, input, OPTIONS);
    else this.#subscribed.delete(id);
  }
}

const OPTIONS: AskOptions = { cause: 'query', priority: 'visible' };

function nameOf(windowId: number, key: string): string {
  return `${windowId} ${key}`;
}

function textOf({ intervalSeconds, hypervisor, machines }: Wanted): string {
  const named = machines === 'all' ? '*' : [...machines].sort().join();
  return `${intervalSeconds} ${hypervisor} ${named}`;
}
