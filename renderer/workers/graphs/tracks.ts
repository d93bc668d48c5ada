import type { GraphLine, LineFacts } from './messages.ts';
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

  replace(name: string, fromMs: number, stepMs: number, values: readonly (number | null)[]): void {
    const held = this.#hold(name);
    held.stepMs = stepMs;
    held.track.replace({
      times: Float64Array.from(values, (_, index) => fromMs + index * stepMs),
      values: Float64Array.from(values, (value) => value ?? Number.NaN),
    });
  }

  /** The newest, lowest and highest value of a line between two moments. */
  facts({ track: name }: GraphLine, from: number, to: number): LineFacts | undefined {
    const { times, values } = this.#hold(name).track.points;
    let facts: LineFacts | undefined;
    for (let index = firstIndex(times, from); index < times.length; index += 1) {
      if ((times[index] ?? Infinity) > to) break;
      const newest = values[index] ?? Number.NaN;
      if (Number.isNaN(newest)) continue;
      facts = {
        newest,
        lowest: Math.min(newest, facts?.lowest ?? newest),
        highest: Math.max(newest, facts?.highest ?? newest),
      };
    }
    return facts;
  }

  #hold(name: string): Held {
    const known = this.#held.get(name);
    if (known) return known;
    const made = { track: new Track(), stepMs: 0 };
    this.#held.set(name, made);
    return made;
  }
}
