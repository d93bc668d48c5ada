import type { TypingPlan } from '../../core/keyboard/compile-text.ts';
import type { KeyEvent } from '../../core/keyboard/key-event.ts';
import type { ServerKeyboard } from '../../core/keyboard/server-keyboard.ts';
import { Typist } from '../../core/keyboard/typist.ts';
import { type RfbFailure, RfbFailureError } from '../../core/rfb/rfb-failure.ts';
import type { Clock } from '../xmpp/clock.ts';
import type { HeadlessRfb } from './headless-rfb.ts';

/** How much of a text is typed, in UTF-16 units. */
export interface Typed {
  /** The server has read the keys of all this. */
  readonly certain: number;
  /** The keys of all this were sent. */
  readonly sent: number;
}

/** How typing ended. No key is down, unless the connection was lost with one. */
export type TypingEnd = Typed &
  (
    | { readonly how: 'done' | 'stopped' }
    /** The connection broke: of what is between `certain` and `sent` nobody knows. */
    | { readonly how: 'lost'; readonly failure: RfbFailure }
  );

export interface ConsoleTypistOptions {
  readonly keyboard: ServerKeyboard;
  readonly clock: Clock;
  /** How long a key event takes, in milliseconds; the Typist's own pace when absent. */
  readonly eventMs?: number | undefined;
  readonly progressed: (typed: Typed) => void;
}

const ASK_EVERY_MS = 150;

/** Types a text on a screen, and finds out how much of it has come to the server. */
export class ConsoleTypist {
  readonly #viewer: Pick<HeadlessRfb, 'sendKey' | 'settled' | 'hasExtendedKeys'>;
  readonly #options: ConsoleTypistOptions;
  readonly #typist: Typist;
  #sent = 0;
  #certain = 0;
  #failure: RfbFailure | undefined;

  constructor(
    viewer: Pick<HeadlessRfb, 'sendKey' | 'settled' | 'hasExtendedKeys'>,
    plan: TypingPlan,
    options: ConsoleTypistOptions,
  ) {
    this.#viewer = viewer;
    this.#options = options;
    const { clock, eventMs } = options;
    this.#typist = new Typist(
      plan,
      {
        send: (events) => events.forEach((event) => this.#send(event)),
        after: (milliseconds, work) => clock.after(milliseconds, work),
        progressed: (typed) => {
          this.#sent = typed;
          this.#tell();
        },
      },
      eventMs,
    );
  }

  /** Types the whole of it once. */
  async type(): Promise<TypingEnd> {
    const typing = this.#typist.type();
    await this.#follow(typing);
    const how = await typing;
    if (this.#failure === undefined) await this.#ask();
    const failure = this.#failure;
    const typed = { certain: this.#certain, sent: this.#sent };
    return failure === undefined ? { ...typed, how } : { ...typed, how: 'lost', failure };
  }

  /** Stops: what is down is released before this returns, and nothing is sent after it. */
  stop(): void {
    this.#typist.stop();
  }

  /** Asks the server now and then how far it has read, while it is typed. */
  async #follow(typing: Promise<unknown>): Promise<void> {
    const end = typing.then(() => 'ended' as const);
    do {
      await this.#ask();
    } while (this.#failure === undefined && (await this.#pause(end)) !== 'ended');
  }

  #send(event: KeyEvent): void {
    const key = this.#options.keyboard.translate(event);
    if (key === undefined) return;
    // QEMU toggles the guest's CapsLock by the case of a keysym; of 0 it thinks nothing.
    const isCode = this.#viewer.hasExtendedKeys && key.scancode !== undefined;
    this.#viewer.sendKey(isCode ? { ...key, keysym: 0 } : key);
  }

  async #ask(): Promise<void> {
    const sent = this.#sent;
    try {
      await this.#viewer.settled();
      this.#certain = sent;
      this.#tell();
    } catch (cause) {
      if (!(cause instanceof RfbFailureError)) throw cause;
      this.#failure = cause.failure;
      this.#typist.stop();
    }
  }

  async #pause(end: Promise<'ended'>): Promise<'ended' | undefined> {
    let callOff = (): void => undefined;
    const pause = new Promise<undefined>((resolve) => {
      callOff = this.#options.clock.after(ASK_EVERY_MS, () => resolve(undefined));
    });
    return Promise.race([end, pause]).finally(callOff);
  }

  #tell(): void {
    this.#options.progressed({ certain: this.#certain, sent: this.#sent });
  }
}
