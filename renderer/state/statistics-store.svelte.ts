import { createSubscriber } from 'svelte/reactivity';
import type { AppApi } from '../../core/contract/contract.ts';
import type { EntitySample, StatisticsWatch } from '../../core/contract/statistics.ts';
import type { EntityId } from '../../core/domain/entity.ts';

/** Rows are measured once they have been the same for so long. */
const SETTLE_MS = 1000;
/** Rows that never come to rest are measured all the same. */
const LONGEST_MS = 3000;
/** The meters of the roster and of tables, and figures of all: at one rate, so that one subscription brings both. */
export const METER_SECONDS = 5;
/** A row that comes back into sight shows what was heard of it, if that is no older than this. */
const KEPT_MS = 30_000;
/** Of so many rows that left. */
const MOST_KEPT = 500;

export type SampleListener = (samples: readonly EntitySample[]) => void;

/** What a small meter shows. */
export interface MeterReading {
  /** Undefined while that is not known yet, as are other rates. */
  readonly cpuPercent: number | undefined;
  readonly memoryUsedBytes: number;
  readonly memoryTotalBytes: number;
  /** Of a machine, since when it runs, milliseconds since 1970; absent where its agent cannot know. */
  readonly startedAtMs?: number | undefined;
  /** Of a machine, over all its interfaces, bytes per second. */
  readonly networkReceivedBytesPerSecond?: number | undefined;
  readonly networkSentBytesPerSecond?: number | undefined;
}

const NO_RATES = {
  cpuPercent: undefined,
  networkReceivedBytesPerSecond: undefined,
  networkSentBytesPerSecond: undefined,
} as const satisfies Partial<MeterReading>;

/** A sample, and when it came by the clock here, milliseconds since 1970. */
interface Heard {
  readonly sample: EntitySample;
  readonly at: number;
}

/** The newest figures of one entity, wanted only while something that is drawn reads them. */
class Meter {
  readonly #follow: () => void;
  #heard = $state.raw<Heard>();

  constructor(heard: Heard | undefined, open: () => () => void) {
    this.#heard = heard;
    this.#follow = createSubscriber(open);
  }

  /** What was heard last, for whoever only keeps it. */
  get heard(): Heard | undefined {
    return this.#heard;
  }

  get reading(): MeterReading | undefined {
    const { sample } = this;
    return sample?.isFirst ? { ...sample.values, ...NO_RATES } : sample?.values;
  }

  get sample(): EntitySample | undefined {
    this.#follow();
    return this.#heard?.sample;
  }

  /** When the newest was heard by the clock here, milliseconds since 1970; 0 before the first. */
  get heardAt(): number {
    this.#follow();
    return this.#heard?.at ?? 0;
  }

  take(sample: EntitySample): void {
    this.#heard = { sample, at: Date.now() };
  }
}

/** Samples of what this window shows; main asks agents for exactly that, and for nothing while it is hidden. */
export class StatisticsStore {
  readonly #api: AppApi['statistics'];
  readonly #listeners = new Set<SampleListener>();
  readonly #meters = new Map<EntityId, Meter>();
  readonly #metered = new Set<EntityId>();
  /** What was heard of rows that left, those that left first at the front. */
  readonly #kept = new Map<EntityId, Heard>();
  #settling:
    { readonly timer: ReturnType<typeof setTimeout>; readonly sinceMs: number } | undefined;
  #count = 0;

  constructor(api: AppApi['statistics']) {
    this.#api = api;
  }

  start(): () => void {
    return this.#api.sampled((samples) => {
      for (const sample of samples) this.#meters.get(sample.entity)?.take(sample);
      for (const tell of this.#listeners) tell(samples);
    });
  }

  /** Samples of these entities until the returned function is called. */
  watch(watch: Omit<StatisticsWatch, 'key'>, listener: SampleListener): () => void {
    const key = `w${(this.#count += 1)}`;
    const wanted = new Set(watch.entities);
    const own: SampleListener = (samples) => {
      const mine =
        watch.fleet === 'all' ? samples : samples.filter(({ entity }) => wanted.has(entity));
      if (mine.length > 0) listener(mine);
    };
    this.#listeners.add(own);
    void this.#api.watch({ key, ...watch });
    return () => {
      this.#listeners.delete(own);
      void this.#api.unwatch({ key });
    };
  }

  history(...given: Parameters<AppApi['statistics']['history']>) {
    return this.#api.history(...given);
  }

  /** The newest figures of an entity, for as long as they are read by what is drawn. */
  meter(entity: EntityId): Meter {
    const known = this.#meters.get(entity);
    if (known) return known;
    const made: Meter = new Meter(this.#keptOf(entity), () => {
      this.#meters.set(entity, made);
      this.#metered.add(entity);
      this.#settle();
      return () => {
        this.#metered.delete(entity);
        this.#meters.delete(entity);
        this.#keep(entity, made.heard);
        this.#settle();
      };
    });
    return made;
  }

  #keptOf(entity: EntityId): Heard | undefined {
    const kept = this.#kept.get(entity);
    return kept && Date.now() - kept.at <= KEPT_MS ? kept : undefined;
  }

  #keep(entity: EntityId, heard: Heard | undefined): void {
    this.#kept.delete(entity);
    if (heard) this.#kept.set(entity, heard);
    for (const first of this.#kept.keys()) {
      if (this.#kept.size <= MOST_KEPT) return;
      this.#kept.delete(first);
    }
  }

  #settle(): void {
    const nowMs = performance.now();
    const { timer, sinceMs = nowMs } = this.#settling ?? {};
    clearTimeout(timer);
    const delayMs = Math.min(SETTLE_MS, sinceMs + LONGEST_MS - nowMs);
    this.#settling = { sinceMs, timer: setTimeout(() => this.#want(), delayMs) };
  }

  #want(): void {
    this.#settling = undefined;
    const entities = [...this.#metered].slice(0, 2000);
    const key = 'meters';
    if (entities.length === 0) void this.#api.unwatch({ key });
    else void this.#api.watch({ key, entities, intervalSeconds: METER_SECONDS });
  }
}
