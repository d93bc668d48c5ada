import type { GraphLine, LineFacts, PastTrack } from './messages.ts';
import { firstIndex } from '../../../core/graphs/downsample.ts';
import { BYTES_OF_POINT, Track } from '../../../core/graphs/track.ts';

/** Silence shorter than this is no gap, whatever the interval. */
const SHORTEST_GAP_MS = 15_000;
const STEPS_OF_GAP = 3;
/** What all points of a panel may take of memory together, bytes. */
export const MOST_BYTES = 67_108_864;

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

  /** What all of them take of memory, bytes. */
  get bytes(): number {
    return [...this.#held.values()].reduce((sum, { track }) => sum + track.bytes, 0);
  }

  /** Lets go of all but these. */
  keepOnly(names: ReadonlySet<string>): void {
    for (const name of this.#held.keys()) if (!names.has(name)) this.#held.delete(name);
    this.#share();
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
    const points = this.find(name)?.points;
    if (!points) return undefined;
    const { times, values, lows, highs } = points;
    const [begin, end] = [firstIndex(times, from), firstIndex(times, to + 1)];
    const facts = { newest: Number.NaN, lowest: Infinity, highest: -Infinity };
    for (let index = begin; index < end; index += 1) {
      const value = values[index] ?? Number.NaN;
      if (Number.isNaN(value)) continue;
      facts.newest = value;
      facts.lowest = lower(facts.lowest, lower(value, lows[index]));
      facts.highest = higher(facts.highest, higher(value, highs[index]));
    }
    return Number.isNaN(facts.newest) ? undefined : facts;
  }

  #hold(name: string): Held {
    const known = this.#held.get(name);
    if (known) return known;
    const made = { track: new Track(), stepMs: 0 };
    this.#held.set(name, made);
    this.#share();
    return made;
  }

  /** Gives each the same part of the memory; few enough have all the points that one may have. */
  #share(): void {
    // For as many as the next power of two: what is held is not moved anew for each that comes.
    const parts = 2 ** Math.ceil(Math.log2(Math.max(1, this.#held.size)));
    const most = MOST_BYTES / (BYTES_OF_POINT * parts);
    for (const { track } of this.#held.values()) track.limit(most);
  }
}

/** The second where it is a number and lower. */
function lower(one: number, other = Number.NaN): number {
  return other < one ? other : one;
}

/** The second where it is a number and higher. */
function higher(one: number, other = Number.NaN): number {
  return other > one ? other : one;
}

function numbersOf(values: readonly (number | null)[]): Float64Array {
  return Float64Array.from(values, (value) => value ?? Number.NaN);
}
