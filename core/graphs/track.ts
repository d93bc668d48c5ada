import { firstIndex, type Points, type RangedPoints } from './downsample.ts';

/** The most points of one track unless it is told another number; beyond that the oldest make room. */
const MOST_POINTS = 50_000;
const FIRST_ROOM = 256;
/** A point is four numbers, and the room of a track is up to twice what it holds. */
export const BYTES_OF_POINT = 2 * 4 * Float64Array.BYTES_PER_ELEMENT;

/** Values of one thing over time, the oldest first, in memory that grows as it must. */
export class Track {
  #room = room(FIRST_ROOM);
  #begin = 0;
  #end = 0;
  #most = MOST_POINTS;
  /** The newest moment with extremes of its own; what is newer was measured by itself. */
  #rangedUntil = -Infinity;

  /** Without copying: what is read here changes with the next `append`. */
  get points(): RangedPoints {
    const part = (column: Float64Array) => column.subarray(this.#begin, this.#end);
    const { times, values, lows, highs } = this.#room;
    return { times: part(times), values: part(values), lows: part(lows), highs: part(highs) };
  }

  get lastTime(): number {
    return this.#timeAt(this.#end - 1);
  }

  /** What it takes of memory, bytes. */
  get bytes(): number {
    return NAMES.length * this.#room.times.byteLength;
  }

  /** Keeps so many points at most from now on: the newest. */
  limit(most: number): void {
    this.#most = Math.max(1, Math.min(MOST_POINTS, Math.floor(most)));
    this.#trim();
  }

  /** Whether any value has extremes beside it. */
  get isRanged(): boolean {
    return this.#end > this.#begin && this.#timeAt(this.#begin) <= this.#rangedUntil;
  }

  /** Adds the newest value; one that is not newer is passed over. */
  append(time: number, value: number): void {
    if (time <= this.lastTime) return;
    if (this.#end === this.#room.times.length) this.#hold(this.points);
    const { times, values, lows, highs } = this.#room;
    times[this.#end] = time;
    for (const column of [values, lows, highs]) column[this.#end] = value;
    this.#end += 1;
    this.#trim();
  }

  /** Takes the past in place of what was known of that stretch; what is newer stays. */
  replace(past: Points | RangedPoints): void {
    const until = past.times.at(-1) ?? -Infinity;
    const { points } = this;
    const newer = firstIndex(points.times, until + 1);
    const isRanged = 'lows' in past;
    const { lows, highs } = isRanged ? past : { lows: past.values, highs: past.values };
    this.#rangedUntil = isRanged ? until : -Infinity;
    this.#hold({
      times: joined(past.times, points.times.subarray(newer)),
      values: joined(past.values, points.values.subarray(newer)),
      lows: joined(lows, points.lows.subarray(newer)),
      highs: joined(highs, points.highs.subarray(newer)),
    });
    this.#trim();
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

  /** Lets go of the oldest, and of room for more than twice what may be held. */
  #trim(): void {
    this.#begin = Math.max(this.#begin, this.#end - this.#most);
    const isRoomy = this.#room.times.length > Math.max(FIRST_ROOM, 2 * this.#most);
    if (isRoomy) this.#hold(this.points);
  }

  #timeAt(index: number): number {
    return index < this.#begin || index >= this.#end
      ? -Infinity
      : (this.#room.times[index] ?? -Infinity);
  }

  /** Holds these from now on, with room for as many again. */
  #hold(points: RangedPoints): void {
    const wider = room(Math.max(FIRST_ROOM, 2 * points.times.length));
    for (const name of NAMES) wider[name].set(points[name]);
    this.#room = wider;
    this.#begin = 0;
    this.#end = points.times.length;
  }
}

const NAMES = ['times', 'values', 'lows', 'highs'] as const;

function room(size: number): RangedPoints {
  const column = () => new Float64Array(size);
  return { times: column(), values: column(), lows: column(), highs: column() };
}

function joined(older: Float64Array, newer: Float64Array): Float64Array {
  const all = new Float64Array(older.length + newer.length);
  all.set(older);
  all.set(newer, older.length);
  return all;
}
