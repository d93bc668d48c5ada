import { compileText } from '../../core/keyboard/compile-text.ts';
import { ServerKeyboard } from '../../core/keyboard/server-keyboard.ts';
import { RfbFailureError } from '../../core/rfb/rfb-failure.ts';
import { ConsoleTypist } from '../../node/rfb/console-typist.ts';
import { HeadlessRfb } from '../../node/rfb/headless-rfb.ts';
import { reachByWays } from '../../node/rfb/reach-ways.ts';
import { systemClock, type Clock } from '../../node/xmpp/clock.ts';
import type { SshPool } from './ssh/ssh-pool.ts';
import { tunnelThrough } from './ssh/tunnel-through.ts';
import type { StreamOrder, StreamReport } from './stream-messages.ts';

type TypeOrder = Extract<StreamOrder, { readonly kind: 'type' }>;

const ANSWER_TIMEOUT_MS = 15_000;
const TELL_EVERY_MS = 50;

/**
 * A text that is typed in the streams process, through a connection of its own: so it needs no panel,
 * and what the server has read can be counted.
 */
export class TypingStream {
  readonly #order: TypeOrder;
  readonly #report: (report: StreamReport) => void;
  readonly #pool: SshPool;
  readonly #clock: Clock;
  readonly #aborter = new AbortController();
  #typist: ConsoleTypist | undefined;
  #toldAt = 0;

  constructor(
    order: TypeOrder,
    report: (report: StreamReport) => void,
    pool: SshPool,
    clock: Clock = systemClock,
  ) {
    this.#order = order;
    this.#report = report;
    this.#pool = pool;
    this.#clock = clock;
  }

  /** Types it; settles when it has ended and that was told. */
  async type(): Promise<void> {
    const { id, text, layout, keymap, eventMs } = this.#order;
    const keyboard = new ServerKeyboard({ layout, keymap });
    const plan = compileText(text, { layout }, keyboard.canPress);
    if (plan.untypable.length > 0) {
      this.#report({ kind: 'typing-failed', id, untypable: plan.untypable.length });
      return;
    }
    const viewer = await this.#open();
    if (viewer === undefined) return;
    this.#typist = new ConsoleTypist(viewer, plan, {
      ...{ keyboard, eventMs, clock: systemClock },
      progressed: ({ certain, sent }) => this.#tell(certain, sent),
    });
    const { how, certain, sent } = await this.#typist.type();
    viewer.close();
    this.#report({ kind: 'typing-ended', id, how, certain, sent });
  }

  /** Stops at once; what is down is released before this returns. */
  stop(): void {
    this.#typist?.stop();
    this.#aborter.abort();
  }

  async #open(): Promise<HeadlessRfb | undefined> {
    const { id, ways, credentials, host } = this.#order;
    const { signal } = this.#aborter;
    const patience = { clock: this.#clock, timeoutMs: ANSWER_TIMEOUT_MS, signal };
    const tunnel = host && tunnelThrough(this.#pool, host, signal);
    try {
      const { duplex, trust } = await reachByWays(ways, patience, tunnel);
      // Once it is open, what was typed is still to be counted after a stop.
      const viewer = await HeadlessRfb.open(duplex, {
        ...{ clock: this.#clock, timeoutMs: ANSWER_TIMEOUT_MS, trust, credentials },
      });
      if (!signal.aborted) return viewer;
      viewer.close();
      this.#report({ kind: 'typing-ended', id, how: 'stopped', certain: 0, sent: 0 });
    } catch (cause) {
      if (!(cause instanceof RfbFailureError)) throw cause;
      this.#report({ kind: 'typing-failed', id, failure: cause.failure });
    }
    return undefined;
  }

  #tell(certain: number, sent: number): void {
    const now = this.#clock.now();
    if (now - this.#toldAt < TELL_EVERY_MS) return;
    this.#toldAt = now;
    this.#report({ kind: 'typing', id: this.#order.id, certain, sent });
  }
}
