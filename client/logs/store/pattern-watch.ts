import type { Clock } from '../../../node/xmpp/clock.ts';
import type { GatheredLine } from '../log-gathering.ts';

/** One pattern raises no more than one notice in this time. */
const QUIET_MS = 10_000;

/** Told of a line that has just come: the pattern it fits, the host that it is of, its text. */
export type Noticed = (pattern: string, host: string, text: string) => void;

/** Looks for the user's patterns in lines as they come. A pattern is text, whatever its case. */
export class PatternWatch {
  readonly #clock: Clock;
  readonly #noticed: Noticed;
  readonly #toldAt = new Map<string, number>();
  #patterns: readonly string[] = [];

  constructor(clock: Clock, noticed: Noticed) {
    this.#clock = clock;
    this.#noticed = noticed;
  }

  watch(patterns: readonly string[]): void {
    this.#patterns = patterns.filter((pattern) => pattern.trim() !== '');
  }

  see(lines: readonly GatheredLine[]): void {
    for (const pattern of this.#patterns) {
      const wanted = pattern.toLowerCase();
      const now = this.#clock.now();
      if (now - (this.#toldAt.get(pattern) ?? -Infinity) < QUIET_MS) continue;
      const found = lines.find(({ line }) => line?.text.toLowerCase().includes(wanted));
      if (!found?.line) continue;
      this.#toldAt.set(pattern, now);
      this.#noticed(pattern, found.source, found.line.text);
    }
  }
}
