import { SvelteMap } from 'svelte/reactivity';
import type { AppError } from '../../../core/contract/app-error.ts';
import type { EntitySample } from '../../../core/contract/statistics.ts';
import type { EntityId } from '../../../core/domain/entity.ts';
import type { StatisticsStore } from '../../state/statistics-store.svelte.ts';
import type { GraphEngine } from './graph-engine.ts';
import { trackOf, type KnownSeries } from './graph-plan.ts';
import { pastTrack } from './past-track.ts';
import { valuesOf, type SeriesValue } from './sample-values.ts';

/** How often what is looked at is measured, seconds. */
const LIVE_SECONDS = 2;
const LIVE_MS = 1000 * LIVE_SECONDS;
/** About as many values of the past as a graph has pixels. */
const VALUES_WANTED = 1200;
/** A zoom that is still going on asks for nothing. */
const SETTLE_MS = 300;
const SHORTEST_MS = 10_000;
const LONGEST_MS = 60 * 86_400_000;
/** The most series of a panel: an agent may name devices without end. */
const MOST_SERIES = 1000;

type Store = Pick<StatisticsStore, 'history' | 'watch'>;
type Engine = Pick<GraphEngine, 'tell'>;

/** What one health panel shows: a stretch of time, live or past, of one or several entities. */
export class HealthModel {
  readonly #store: Store;
  readonly #engine: Engine;
  readonly #known = new SvelteMap<string, KnownSeries>();
  readonly failures = new SvelteMap<EntityId, AppError>();
  #lengthMs = $state(300_000);
  #to = $state(Date.now());
  #isLive = $state(true);
  #isLoaded = $state(false);
  #newest = $state(0);
  #since = $state(0);
  /** The moment under the pointer, in whichever graph it is. */
  hover = $state<number>();
  #entities: readonly EntityId[] = [];
  #asking: ReturnType<typeof setTimeout> | undefined;

  constructor(store: Store, engine: Engine, lengthMs: number) {
    this.#store = store;
    this.#engine = engine;
    this.#lengthMs = lengthMs;
  }

  readonly known = $derived([...this.#known.values()]);
  readonly span = $derived({ from: this.#to - this.#lengthMs, to: this.#to });

  get isLive(): boolean {
    return this.#isLive;
  }

  /** The past has been asked for and has come, or been refused. */
  get isLoaded(): boolean {
    return this.#isLoaded;
  }

  get lengthMs(): number {
    return this.#lengthMs;
  }

  /** When the newest sample was taken; 0 before there is one. */
  get newest(): number {
    return this.#newest;
  }

  /** When it began to measure; 0 before it ever did. */
  get since(): number {
    return this.#since;
  }

  /** Shows these entities from now on, and forgets those before. */
  show(entities: readonly EntityId[]): void {
    this.#entities = entities;
    this.#known.clear();
    this.failures.clear();
    this.#isLoaded = false;
    this.#newest = 0;
    this.#engine.tell({ kind: 'keep', tracks: [] });
    this.#move();
  }

  /** Measures what is shown until the returned function is called; what was missed meanwhile is asked for. */
  run(): () => void {
    this.#since = Date.now();
    this.#tick();
    void this.#loadPast();
    const watch = { entities: [...this.#entities], intervalSeconds: LIVE_SECONDS };
    const unwatch = this.#store.watch(watch, (samples) => this.take(samples));
    const timer = setInterval(() => this.#tick(), LIVE_MS);
    return () => {
      unwatch();
      clearInterval(timer);
      clearTimeout(this.#asking);
    };
  }

  take(samples: readonly EntitySample[]): void {
    for (const sample of samples) this.takeValues(sample.at, valuesOf(sample));
  }

  takeValues(at: number, values: readonly SeriesValue[]): void {
    this.#learn(values);
    const named = values
      .map((one) => [trackOf(one), one.value] as const)
      .filter(([track]) => this.#known.has(track));
    this.#engine.tell({ kind: 'sample', at, values: named });
    this.#newest = Math.max(this.#newest, at);
    const [first] = values;
    if (first) this.failures.delete(first.entity);
  }

  /** The last so many milliseconds, following now. */
  follow(lengthMs: number): void {
    this.#lengthMs = lengthMs;
    this.#isLive = true;
    this.#to = Date.now();
    this.#moved();
  }

  /** Follows now, or stands still. */
  setLive(isLive: boolean): void {
    this.#isLive = isLive;
    if (isLive) this.#to = Date.now();
    this.#moved();
  }

  /** Moves by a share of what is in sight; forward beyond now follows it. */
  pan(share: number): void {
    const to = this.#to + share * this.#lengthMs;
    this.#isLive = to >= Date.now();
    this.#to = Math.min(to, Date.now());
    this.#moved();
  }

  /** Brings a moment into the middle, or as far as there is time after it; nothing moves where it is in sight. */
  reach(at: number): void {
    const { from, to } = this.span;
    if (at < from || at > to) this.pan((at - (from + to) / 2) / this.#lengthMs);
  }

  /** Zooms by a factor below 1 in, above 1 out, around a moment, which stays where it is. */
  zoom(factor: number, around = this.#isLive ? this.#to : this.#to - this.#lengthMs / 2): void {
    const length = Math.min(LONGEST_MS, Math.max(SHORTEST_MS, this.#lengthMs * factor));
    const share = (this.#to - around) / this.#lengthMs;
    this.#lengthMs = length;
    this.#to = Math.min(Date.now(), around + share * length);
    this.#isLive &&= share === 0;
    this.#moved();
  }

  #tick(): void {
    if (!this.#isLive) return;
    this.#to = Date.now();
    this.#move();
  }

  #moved(): void {
    this.#move();
    clearTimeout(this.#asking);
    this.#asking = setTimeout(() => void this.#loadPast(), SETTLE_MS);
  }

  #move(): void {
    this.#engine.tell({ kind: 'span', from: this.#to - this.#lengthMs, to: this.#to });
  }

  async #loadPast(): Promise<void> {
    const toMs = Math.ceil(this.#to);
    const fromMs = Math.max(0, Math.floor(toMs - this.#lengthMs));
    const stepSeconds = Math.min(
      86_400,
      Math.max(1, Math.ceil((toMs - fromMs) / 1000 / VALUES_WANTED)),
    );
    const wanted = { fromMs, toMs, stepSeconds };
    await Promise.all(this.#entities.map((entity) => this.#loadPastOf(entity, wanted)));
    this.#isLoaded = true;
  }

  async #loadPastOf(
    entity: EntityId,
    wanted: { readonly fromMs: number; readonly toMs: number; readonly stepSeconds: number },
  ): Promise<void> {
    const reply = await this.#store.history({ entity, ...wanted });
    if (!this.#entities.includes(entity)) return;
    if (!reply.ok) {
      this.failures.set(entity, reply.error);
      return;
    }
    const { fromMs, stepMs, series } = reply.value;
    const means = series.filter(({ of }) => of === undefined);
    this.#learn(means.map(({ name, device }) => knownSeries(entity, name, device)));
    const tracks = means.flatMap((mean) => {
      const track = trackOf(knownSeries(entity, mean.name, mean.device));
      return this.#known.has(track) ? [pastTrack(track, mean, series)] : [];
    });
    this.#engine.tell({ kind: 'past', fromMs, stepMs, tracks });
  }

  #learn(series: readonly KnownSeries[]): void {
    for (const { entity, name, device } of series) {
      const one = knownSeries(entity, name, device);
      const track = trackOf(one);
      if (this.#known.has(track) || this.#known.size >= MOST_SERIES) continue;
      this.#known.set(track, one);
    }
  }
}

function knownSeries(
  entity: EntityId,
  name: KnownSeries['name'],
  device: string | undefined,
): KnownSeries {
  return device === undefined ? { entity, name } : { entity, name, device };
}
