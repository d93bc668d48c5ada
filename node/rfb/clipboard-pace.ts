import { readU32 } from '../../core/rfb/integers.ts';
import { writeServerClipboard } from '../../core/rfb/server-messages.ts';
import type { Clock } from '../xmpp/clock.ts';
import { isHonestClipboard } from './clipboard-guard.ts';

/** Of each kind. TigerVNC tells of one copy in three notices, a request and two texts. */
const MOST_A_SECOND = 8;
const SECOND_MS = 1_000;
/** Plain text, then what extended clipboards do, from `caps` in bit 24 to `provide` in bit 28. */
const [PLAIN, FIRST_ACTION, LAST_ACTION] = [0, 24, 28];

interface Said {
  readonly body: Uint8Array;
  readonly isExtended: boolean;
}

export interface ClipboardPaceOptions {
  readonly clock: Clock;
  /** Bytes of a clipboard, before and after it is inflated. */
  readonly limit: number;
  /** Something that had to wait may pass from now on. */
  readonly onDue: () => void;
}

/**
 * Judges the clipboards of a server: dishonest ones are left out, and of those that come faster than a
 * page can bear, all but the last of each kind. That one comes late, for it is what the guest has now.
 */
export class ClipboardPace {
  readonly #options: ClipboardPaceOptions;
  readonly #waiting = new Map<number, Said>();
  readonly #counts = new Map<number, number>();
  #since = Number.NEGATIVE_INFINITY;
  #cancelTimer: () => void = () => undefined;

  constructor(options: ClipboardPaceOptions) {
    this.#options = options;
  }

  /** Whether a clipboard, an extended one flags first, may pass now. One that may not can be `due` later. */
  accepts(body: Uint8Array, isExtended: boolean): boolean {
    // What waits has its turn first: a new second begins with it.
    if (this.#waiting.size === 0 && this.#isOver()) this.#beginSecond();
    const kind = isExtended ? actionOf(readU32(body, 0)) : PLAIN;
    const count = (this.#counts.get(kind) ?? 0) + 1;
    this.#counts.set(kind, count);
    const said = { body, isExtended };
    if (count <= MOST_A_SECOND && !this.#waiting.has(kind)) return this.#isHonest(said);
    if (this.#waiting.size === 0) this.#wait();
    this.#waiting.set(kind, { body: body.slice(), isExtended });
    return false;
  }

  /** Messages that waited for the second to end, now that it has. */
  due(): readonly Uint8Array[] {
    if (this.#waiting.size === 0 || !this.#isOver()) return [];
    const waited = [...this.#waiting];
    this.stop();
    this.#beginSecond();
    for (const [kind] of waited) this.#counts.set(kind, 1);
    return waited
      .filter(([, said]) => this.#isHonest(said))
      .map(([, { body, isExtended }]) => writeServerClipboard(body, isExtended));
  }

  /** Forgets what waits. */
  stop(): void {
    this.#cancelTimer();
    this.#waiting.clear();
  }

  #isHonest({ body, isExtended }: Said): boolean {
    return !isExtended || isHonestClipboard(body, this.#options.limit);
  }

  #wait(): void {
    const { clock, onDue } = this.#options;
    const left = this.#since + SECOND_MS - clock.now();
    // A timer may be a little early.
    this.#cancelTimer = clock.after(left, () => (this.#isOver() ? onDue() : this.#wait()));
  }

  #beginSecond(): void {
    this.#since = this.#options.clock.now();
    this.#counts.clear();
  }

  /** Whether the second is over, or the computer's clock was put back. */
  #isOver(): boolean {
    const passed = this.#options.clock.now() - this.#since;
    return passed < 0 || passed >= SECOND_MS;
  }
}

/** The bit of the first thing that flags tell of; `PLAIN` for none. */
function actionOf(flags: number): number {
  for (let bit = FIRST_ACTION; bit <= LAST_ACTION; bit += 1) {
    if ((flags & (1 << bit)) !== 0) return bit;
  }
  return PLAIN;
}
