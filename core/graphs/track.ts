import { firstIndex, type Points } from './downsample.ts';

/** The most points of one track; beyond that the oldest make room. */
const MOST = 50_000;
const FIRST_ROOM = 256;

/** Values of one thing over time, the oldest first, in memory that grows as it must. */
export class Track {
  #times = new Float64Array(FIRST_ROOM);
  #values = new Float64Array(FIRST_ROOM);
  #begin = 0;
  #end = 0;

  /** Without copying: what is read here changes with the next `append`. */
  get points(): Points {
    return {
      times: this.#times.subarray(this.#begin, this.#end),
      values: this.#values.subarray(this.#begin, this.#end),
    };
  }

  get lastTime(): number {
    return this.#end === this.#begin ? -Infinity : (this.#times[this.#end - 1] ?? -Infinity);
  }

  /** Adds the newest value; one that is not newer is passed over. */
  append(time: number, value: number): void {
    if (time <= this.lastTime) return;
    if (this.#end === this.#times.length) this.#makeRoom();
    this.#times[this.#end] = time;
    this.#values[this.#end] = value;
    this.#end += 1;
    if (this.#end - this.#begin > MOST) this.#begin += 1;
  }

  /** Takes the past in place of what was known of that stretch; what is newer stays. */
  replace(past: Points): void {
    const { times, values } = this.points;
    const until = past.times.at(-1) ?? -Infinity;
    const newer = firstIndex(times, until + 1);
    const [later, laterValues] = [times.slice(newer), values.slice(newer)];
    const size = past.times.length + later.length;
    this.#times = new Float64Array(Math.max(FIRST_ROOM, 2 * size));
    this.#values = new Float64Array(this.#times.length);
    this.#times.set(past.times);
    this.#values.set(past.values);
    this.#times.set(later, past.times.length);
    this.#values.set(laterValues, past.times.length);
    this.#begin = Math.max(0, size - MOST);
    this.#end = size;
  }

  /** The value that stands for a moment: the nearest, not further off than `withinMs`. */
  valueAt(moment: number, withinMs: number): number | undefined {
    const { times, values } = this.points;
    const after = firstIndex(times, moment);
    const near = [after - 1, after].filter((index) => index >= 0 && index < times.length);
    const distance = (index: number) => Math.abs((times[index] ?? 0) - moment);
    const [best] = near.sort((left, right) => distance(left) - distance(right));
    if (best === undefined || distance(best) > withinMs) return undefined;
    const value = values[best] ?? Number.NaN;
    return Number.isNaN(value) ? undefined : value;
  }

  #makeRoom(): void {
    const { times, values } = this.points;
    const room = Math.max(FIRST_ROOM, 2 * times.length);
    const [newTimes, newValues] = [new Float64Array(room), new Float64Array(room)];
    newTimes.set(times);
    newValues.set(values);
    this.#times = newTimes;
    this.#values = newValues;
    this.#end = times.length;
    this.#begin = 0;
  }
}
