import { randomUUID } from 'node:crypto';
import { el, type XmlElement } from '../../core/xml/element.ts';
import { NS } from './namespaces.ts';

/** How long a session waits for its client to come back, in seconds. */
export const RESUME_SECONDS = 60;
/** After how many stanzas the client is asked what it has. */
const ASK_EVERY = 50;
/** A client that never says what it has cannot make the queue grow further. */
const MAX_UNACKNOWLEDGED = 50_000;
const COUNTER_SPAN = 2 ** 32;

export function managementElement(
  name: string,
  attributes: Readonly<Record<string, string | undefined>> = {},
): XmlElement {
  return el(name, { xmlns: NS.streamManagement, ...attributes });
}

/** The counters and the queue of a session under XEP-0198. */
export class StreamManagement {
  /** What the client names to come back; known to it alone. */
  readonly id: string = randomUUID();
  readonly isResumable: boolean;
  #received = 0;
  #acknowledged = 0;
  #queue: string[] = [];
  #sinceAsked = 0;

  constructor(isResumable: boolean) {
    this.isResumable = isResumable;
  }

  /** How many stanzas came from the client, modulo 2^32. */
  get received(): number {
    return this.#received;
  }

  /** What the client has not said to have got, oldest first. */
  get unacknowledged(): readonly string[] {
    return this.#queue;
  }

  countReceived(): void {
    this.#received = (this.#received + 1) % COUNTER_SPAN;
  }

  /** Keeps a stanza until it is acknowledged; true when it is time to ask. */
  keep(text: string): boolean {
    this.#queue.push(text);
    this.#sinceAsked += 1;
    if (this.#sinceAsked < ASK_EVERY) return false;
    this.#sinceAsked = 0;
    return true;
  }

  get isOverfull(): boolean {
    return this.#queue.length > MAX_UNACKNOWLEDGED;
  }

  /** Takes the client's count; false when it claims more than was sent. */
  acknowledge(count: string | undefined): boolean {
    if (count === undefined || !/^\d{1,10}$/.test(count)) return false;
    const fresh = (Number(count) - this.#acknowledged + COUNTER_SPAN) % COUNTER_SPAN;
    if (fresh > this.#queue.length) return false;
    this.#queue = fresh === 0 ? this.#queue : this.#queue.slice(fresh);
    this.#acknowledged = Number(count) % COUNTER_SPAN;
    return true;
  }
}
