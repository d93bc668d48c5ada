import { randomBytes } from 'node:crypto';
import { err, ok, type Result } from '../../core/lib/result.ts';
import { el, type ElementReader, type XmlElement } from '../../core/xml/element.ts';
import { bareOf, sameAddress } from './addresses.ts';
import type { Clock } from './clock.ts';
import type { Handed } from './outbox.ts';
import type { IqFailure } from './session-failure.ts';
import type { RequestOptions } from './session-types.ts';
import { readStanzaError } from './stanza-error.ts';

const DEFAULT_TIMEOUT_MS = 30_000;

type Answer = Result<ElementReader, IqFailure>;

interface Pending {
  readonly to: string | undefined;
  readonly type: 'get' | 'set';
  /** Whether the request has been handed to a link. */
  isHanded: boolean;
  readonly settle: (answer: Answer) => void;
}

export interface IqCallerInput {
  readonly bareJid: string;
  readonly domain: string;
  readonly clock: Clock;
  /** Hands a stanza to the link, and says at once when that is done or cannot be. */
  readonly put: (stanza: XmlElement, settle: (outcome: Handed) => void) => void;
  readonly onForged: (expected: string, from: string) => void;
}

/**
 * Sends requests and matches their answers, by id and by who answers. Each request ends exactly
 * once, and says of a `set` whether its outcome is known.
 */
export class IqCaller {
  readonly #input: IqCallerInput;
  readonly #pending = new Map<string, Pending>();
  // Nobody who has not seen a request can guess its id.
  readonly #prefix = randomBytes(9).toString('base64url');
  #lastId = 0;

  constructor(input: IqCallerInput) {
    this.#input = input;
  }

  get pendingCount(): number {
    return this.#pending.size;
  }

  async request(
    to: string | undefined,
    type: 'get' | 'set',
    payload: XmlElement,
    { timeoutMs = DEFAULT_TIMEOUT_MS, signal, id = this.#nextId() }: RequestOptions = {},
  ): Promise<Answer> {
    if (signal?.aborted) return err({ code: 'cancelled' });
    return new Promise((resolve) => {
      const cancelTimer = this.#input.clock.after(timeoutMs, () => this.#giveUp(id, 'timeout'));
      const onAbort = (): void => this.#giveUp(id, 'cancelled');
      signal?.addEventListener('abort', onAbort);
      const settle = (answer: Answer): void => {
        this.#pending.delete(id);
        cancelTimer();
        signal?.removeEventListener('abort', onAbort);
        resolve(answer);
      };
      const pending: Pending = { to, type, isHanded: false, settle };
      // Known before it is sent: the answer may come before the write returns.
      this.#pending.set(id, pending);
      this.#input.put(el('iq', { type, id, to }, [payload]), (outcome) => {
        if (outcome === 'handed') pending.isHanded = true;
        else pending.settle(err({ code: 'not-sent', because: outcome }));
      });
    });
  }

  /** Takes an answer; false when it is not one of ours. */
  receive(stanza: ElementReader): boolean {
    const id = stanza.attribute('id') ?? '';
    const pending = this.#pending.get(id);
    if (pending === undefined) return false;
    const from = stanza.attribute('from');
    if (!this.#isFromWhomWasAsked(pending.to, from)) {
      this.#input.onForged(pending.to ?? this.#input.bareJid, from ?? '');
      return false;
    }
    if (stanza.attribute('type') === 'error') pending.settle(err(readStanzaError(stanza)));
    else pending.settle(ok(stanza));
    return true;
  }

  /** RFC 6120 §8.1.2.1: the own server may leave `from` out, or speak as the account. */
  #isFromWhomWasAsked(to: string | undefined, from: string | undefined): boolean {
    const { bareJid, domain } = this.#input;
    const expected = to ?? bareJid;
    if (from !== undefined && sameAddress(from, expected)) return true;
    const asksServer = sameAddress(expected, bareJid) || sameAddress(expected, domain);
    if (!asksServer) return false;
    if (from === undefined || sameAddress(from, domain)) return true;
    return to === undefined && sameAddress(bareOf(from), bareJid);
  }

  #nextId(): string {
    this.#lastId += 1;
    return `${this.#prefix}-${this.#lastId}`;
  }

  #giveUp(id: string, because: 'timeout' | 'cancelled'): void {
    const pending = this.#pending.get(id);
    if (pending === undefined) return;
    const isUnknown = pending.type === 'set' && pending.isHanded;
    const failure: IqFailure = isUnknown ? { code: 'unknown-outcome', because } : { code: because };
    pending.settle(err(failure));
  }

  /** Ends what was handed to a link that will not come back. */
  linkLost(): void {
    const handed = [...this.#pending.values()].filter((pending) => pending.isHanded);
    for (const { type, settle } of handed) {
      if (type === 'get') settle(err({ code: 'disconnected' }));
      else settle(err({ code: 'unknown-outcome', because: 'disconnected' }));
    }
  }
}
