import type { Settings } from '../../core/contract/settings.ts';
import { cpuOf, type EntitySample } from '../../core/contract/statistics.ts';
import type { EntityId } from '../../core/domain/entity.ts';
import type { StatisticsDesk } from './statistics-desk.ts';

/** What a limit can be set for. */
export type LimitName = keyof Settings['limits'];

/** That a hypervisor went over a limit. */
export interface LimitPassed {
  readonly entity: EntityId;
  readonly name: LimitName;
  readonly percent: number;
  readonly limit: number;
}

/** What is done about limits. */
export interface LimitTold {
  passed(one: LimitPassed): void;
  /** One is kept again, or was taken back; `other` is a limit that the hypervisor is still over. */
  kept(entity: EntityId, other: LimitPassed | undefined): void;
}

type HypervisorSample = Extract<EntitySample, { readonly kind: 'hypervisor' }>;

/** No window has this number: nobody needs to look for a limit to be watched. */
export const LIMIT_WINDOW = -1;
const KEY = 'limits';
const INTERVAL_S = 60;
/** How far below its limit a value must fall before it counts as over it again, percent points. */
const HYSTERESIS = 5;

/** Watches all hypervisors against the limits of the settings; without limits it asks for nothing. */
export class LimitWatch {
  readonly #desk: Pick<StatisticsDesk, 'watch' | 'unwatch'>;
  readonly #limits: () => Settings['limits'];
  readonly #told: LimitTold;
  readonly #over = new Map<string, LimitPassed>();
  /** What each hypervisor said last: a limit that is set now holds at once. */
  readonly #last = new Map<EntityId, HypervisorSample>();

  constructor(
    desk: Pick<StatisticsDesk, 'watch' | 'unwatch'>,
    limits: () => Settings['limits'],
    told: LimitTold,
  ) {
    this.#desk = desk;
    this.#limits = limits;
    this.#told = told;
  }

  /** The settings may be others now. */
  adjust(): void {
    const isAny = Object.values(this.#limits()).some((limit) => limit !== null);
    const watch = { key: KEY, entities: [], intervalSeconds: INTERVAL_S };
    if (isAny) this.#desk.watch(LIMIT_WINDOW, { ...watch, fleet: 'hypervisors' });
    else this.#desk.unwatch(LIMIT_WINDOW, KEY);
    this.take([...this.#last.values()]);
    if (!isAny) this.#last.clear();
  }

  take(samples: readonly EntitySample[]): void {
    for (const sample of samples) {
      if (sample.kind !== 'hypervisor') continue;
      const { values, entity } = sample;
      this.#last.set(entity, sample);
      this.#check(entity, 'cpu', cpuOf(sample));
      this.#check(entity, 'memory', share(values.memoryUsedBytes, values.memoryTotalBytes));
      this.#check(entity, 'disk', share(values.diskUsedBytes, values.diskTotalBytes));
    }
  }

  #check(entity: EntityId, name: LimitName, percent: number | undefined): void {
    const limit = this.#limits()[name];
    const key = keyOf(entity, name);
    // What is not known yet neither keeps a limit nor passes it.
    const now = percent ?? Number.NaN;
    if (limit === null || now < limit - HYSTERESIS) this.#keep(entity, name);
    else if (now >= limit && !this.#over.has(key)) {
      const passed = { entity, name, percent: now, limit };
      this.#over.set(key, passed);
      this.#told.passed(passed);
    }
  }

  #keep(entity: EntityId, name: LimitName): void {
    if (!this.#over.delete(keyOf(entity, name))) return;
    const others = [...this.#over.values()].filter((one) => one.entity === entity);
    this.#told.kept(entity, others.at(-1));
  }
}

function keyOf(entity: EntityId, name: LimitName): string {
  return `${entity} ${name}`;
}

function share(part: number, whole: number): number {
  return whole > 0 ? (100 * part) / whole : 0;
}
