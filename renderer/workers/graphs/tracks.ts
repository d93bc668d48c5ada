import type { GraphLine, LineFacts, PastTrack } from './messages.ts';
import { firstIndex } from '../../../core/graphs/downsample.ts';
import { Track } from '../../../core/graphs/track.ts';

/** Silence shorter than this is no gap, whatever the interval. */
const SHORTEST_GAP_MS = 15_000;
const STEPS_OF_GAP = 3;

interface Held {
  readonly track: Track;
  stepMs: number;
}

/** All values that the graphs of one panel can draw, by the names of their tracks. */
export class Tracks {
  readonly #held = new Map<string, Held>();

  find(name: string): Track | undefined {
    return this.#held.get(name)?.track;
  }

  /** How long a track may be silent before its line is interrupted, milliseconds. */
  gapOf(name: string): number {
    return Math.max(SHORTEST_GAP_MS, STEPS_OF_GAP * (this.#held.get(name)?.stepMs ?? 0));
  }

  append(name: string, at: number, value: number): void {
    this.#hold(name).track.append(at, value);
  }

  replace({ track: name, values, range }: PastTrack, fromMs: number, stepMs: number): void {
    const held = this.#hold(name);
    held.stepMs = stepMs;
    const times = Float64Array.from(values, (_, index) => fromMs + index * stepMs);
    const means = { times, values: numbersOf(values) };
    held.track.replace(
      range ? { ...means, lows: numbersOf(range.lows), highs: numbersOf(range.highs) } : means,
    );
  }

  /** The newest, lowest and highest value of a line between two moments. */
  facts({ track: name }: GraphLine, from: number, to: number): LineFacts | undefined {
    const { times, values, lows, highs } = this.#hold(name).track.points;
    const [begin, end] = [firstIndex(times, from), firstIndex(times, to + 1)];
    const inSight = (column: Float64Array) =>
      column.subarray(begin, end).filter((value) => !Number.isNaN(value));
    const newest = inSight(values).at(-1);
    if (newest === undefined) return undefined;
    const least = (low: number, one: number) => Math.min(low, one);
    const most = (high: number, one: number) => Math.max(high, one);
    return {
      newest,
      lowest: inSight(lows).reduce(least, newest),
      highest: inSight(highs).reduce(most, newest),
    };
  }

  #hold(name: string): Held {
    const known = this.#held.get(name);
    if (known) return known;
    const made = { track: new Track(), stepMs: 0 };
    this.#held.set(name, made);
    return made;
  }
}

function numbersOf(values: readonly (number | null)[]): Float64Array {
  return Float64Array.from(values, (value) => value ?? Number.NaN);
}
