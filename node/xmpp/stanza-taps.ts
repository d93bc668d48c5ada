import type { Clock } from './clock.ts';
import type { LtxElement } from './elements.ts';
import type { Emitter } from './emitter.ts';
import type { SessionEvents } from './session-types.ts';

const STANZAS: ReadonlySet<string> = new Set(['iq', 'message', 'presence']);

/** Shows what passes to who looks; costs nothing while nobody does. */
export class StanzaTaps {
  readonly #events: Emitter<SessionEvents>;
  readonly #clock: Clock;
  readonly #redact: (text: string) => string;

  constructor(events: Emitter<SessionEvents>, clock: Clock, redact: (text: string) => string) {
    this.#events = events;
    this.#clock = clock;
    this.#redact = redact;
  }

  sent(element: LtxElement, text: string): void {
    // What is no stanza is the login, which is nobody's business, or bookkeeping.
    if (STANZAS.has(element.name)) this.#show('sent', () => text);
  }

  received(stanza: LtxElement): void {
    this.#show('received', () => stanza.toString());
  }

  #show(direction: 'sent' | 'received', write: () => string): void {
    if (!this.#events.has('stanza')) return;
    const text = write();
    this.#events.emit('stanza', {
      direction,
      text: this.#redact(text),
      bytes: Buffer.byteLength(text),
      at: this.#clock.now(),
    });
  }
}
