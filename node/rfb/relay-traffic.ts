import type { Clock } from '../xmpp/clock.ts';

/** What went through a relay so far. */
export interface RelayTraffic {
  readonly bytesFromServer: number;
  readonly bytesToServer: number;
  /** Framebuffer updates. */
  readonly updates: number;
  /** From a key or a click to the next update, the middle of the last nine; undefined before one. */
  readonly reactionMs: number | undefined;
  /** The quickest of them, which no guest that thought for a while made slow; undefined before three. */
  readonly quickestMs: number | undefined;
}

const REACTIONS = 9;
/** One alone may be of a guest that had nothing to show. */
const ENOUGH = 3;
/** An update after this was not caused by the key. */
const REACTION_LIMIT_MS = 5_000;

/** Counts what goes through a relay. */
export class TrafficMeter {
  readonly #clock: Clock;
  #bytesFromServer = 0;
  #bytesToServer = 0;
  #updates = 0;
  #inputAt: number | undefined;
  readonly #reactions: number[] = [];

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  noteFromServer(bytes: number): void {
    this.#bytesFromServer += bytes;
  }

  noteToServer(bytes: number): void {
    this.#bytesToServer += bytes;
  }

  noteInput(): void {
    this.#inputAt ??= this.#clock.now();
  }

  noteUpdate(): void {
    this.#updates += 1;
    if (this.#inputAt === undefined) return;
    const reaction = this.#clock.now() - this.#inputAt;
    this.#inputAt = undefined;
    if (reaction > REACTION_LIMIT_MS) return;
    this.#reactions.push(reaction);
    if (this.#reactions.length > REACTIONS) this.#reactions.shift();
  }

  read(): RelayTraffic {
    const sorted = [...this.#reactions].sort((one, other) => one - other);
    return {
      bytesFromServer: this.#bytesFromServer,
      bytesToServer: this.#bytesToServer,
      updates: this.#updates,
      reactionMs: sorted[sorted.length >> 1],
      quickestMs: sorted.length < ENOUGH ? undefined : sorted[0],
    };
  }
}
