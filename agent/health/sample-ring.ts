import type { StatisticsHistory } from '../../core/protocol/statistics.ts';

type Series = StatisticsHistory['series'][number];

/** What was measured of one thing at one moment: a value for each name, with its device. */
export interface NamedValue {
  readonly name: Series['name'];
  readonly device?: string;
  readonly value: number;
}

/** The newest values of one entity at equal steps; a step without a sample is a gap. */
export class SampleRing {
  readonly #slots: number;
  readonly #stepMs: number;
  readonly #columns = new Map<string, { readonly key: NamedValue; readonly data: Float64Array }>();
  #newest = -1;

  constructor(slots: number, stepMs: number) {
    this.#slots = slots;
    this.#stepMs = stepMs;
  }

  add(atMs: number, values: readonly NamedValue[]): void {
    const step = Math.floor(atMs / this.#stepMs);
    if (step <= this.#newest) return;
    this.#clear(step);
    this.#newest = step;
    for (const one of values) {
      this.#column(one).data[step % this.#slots] = one.value;
    }
  }

  /** The steps from the first to the last moment that are still kept. */
  read(fromMs: number, toMs: number): Pick<StatisticsHistory, 'fromMs' | 'count' | 'series'> {
    const oldest = Math.max(0, this.#newest - this.#slots + 1);
    const first = Math.max(oldest, Math.ceil(fromMs / this.#stepMs));
    const last = Math.min(this.#newest, Math.floor(toMs / this.#stepMs));
    const count = Math.max(0, last - first + 1);
    const series = [...this.#columns.values()].map(({ key: { name, device }, data }) => {
      const values = Array.from({ length: count }, (_, index) => {
        const value = data[(first + index) % this.#slots] ?? Number.NaN;
        return Number.isNaN(value) ? null : value;
      });
      return { name, ...(device === undefined ? {} : { device }), values };
    });
    return { fromMs: first * this.#stepMs, count, series: count === 0 ? [] : series };
  }

  #column(key: NamedValue) {
    const name = `${key.name} ${key.device ?? ''}`;
    const known = this.#columns.get(name);
    if (known) return known;
    const made = { key, data: new Float64Array(this.#slots).fill(Number.NaN) };
    this.#columns.set(name, made);
    return made;
  }

  /** Makes the steps that were missed, and the new one, gaps. */
  #clear(step: number): void {
    const from = Math.max(this.#newest + 1, step - this.#slots + 1);
    for (const { data } of this.#columns.values()) {
      for (let one = from; one <= step; one += 1) data[one % this.#slots] = Number.NaN;
    }
  }
}
