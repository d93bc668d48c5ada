import type { ClientMessage } from '../../core/rfb/client-messages.ts';
import type { Clock } from '../xmpp/clock.ts';

/** How often a console is drawn: as fast as it goes, twice a second, or not at all. */
export type UpdateRate = 'full' | 'slow' | 'none';

type UpdateRequest = Extract<ClientMessage, { readonly kind: 'update-request' }>;

const SLOW_INTERVAL_MS = 500;

/** Holds a viewer's requests for updates back, so that a console costs what its rate allows. */
export class UpdateGate {
  readonly #clock: Clock;
  readonly #send: (request: UpdateRequest) => void;
  #rate: UpdateRate = 'full';
  #held: UpdateRequest | undefined;
  #sentAt = Number.NEGATIVE_INFINITY;
  #cancelTimer: () => void = () => undefined;

  constructor(clock: Clock, send: (request: UpdateRequest) => void) {
    this.#clock = clock;
    this.#send = send;
  }

  request(request: UpdateRequest): void {
    // What is held was not answered: whoever asks again wants all of it still.
    const isIncremental = request.isIncremental && (this.#held?.isIncremental ?? true);
    this.#held = { ...request, isIncremental };
    this.#settle();
  }

  setRate(rate: UpdateRate): void {
    this.#rate = rate;
    this.#settle();
  }

  stop(): void {
    this.#cancelTimer();
    this.#held = undefined;
  }

  #settle(): void {
    this.#cancelTimer();
    if (this.#held === undefined || this.#rate === 'none') return;
    const due = this.#sentAt + (this.#rate === 'slow' ? SLOW_INTERVAL_MS : 0);
    const waitMs = due - this.#clock.now();
    if (waitMs <= 0) this.#release(this.#held);
    else this.#cancelTimer = this.#clock.after(waitMs, () => this.#settle());
  }

  #release(request: UpdateRequest): void {
    this.#held = undefined;
    this.#sentAt = this.#clock.now();
    this.#send(request);
  }
}
