import type { XmlElement } from '../../core/xml/element.ts';
import { childElements, namespaceOf } from './element-access.ts';
import { readJid } from './jid-text.ts';

/**
 * What can be made to go wrong, so that tests see how a client bears it. `request` faults act when a request
 * passes the server on its way to the one asked, `answer` faults when the answer comes back.
 */
export type FaultEffect =
  /** The answer comes that much later. */
  | { readonly kind: 'late'; readonly ms: number }
  /** Neither the request nor an answer goes anywhere. */
  | { readonly kind: 'drop' }
  /** The link of the one who asks is cut, and the request is not handed on. */
  | { readonly kind: 'cut-before-delivery' }
  /** The request is handed on, then the link of the one who asks is cut. */
  | { readonly kind: 'cut-after-delivery' }
  /** The request is carried out; its answer is lost with the link of the one who asked. */
  | { readonly kind: 'cut-before-answer' }
  /** What answers is no XML. */
  | { readonly kind: 'malformed' }
  /** The answer is a standard error. */
  | { readonly kind: 'error'; readonly condition: 'internal-server-error' | 'service-unavailable' }
  /** The answer of an agent that lacks the action or its module (501), in its own words if it has any. */
  | { readonly kind: 'not-implemented'; readonly text?: string }
  /** The answer of an agent that refuses the action to this user. */
  | { readonly kind: 'permission-denied' }
  /** The answer is a vCard with a picture of that many bytes. */
  | { readonly kind: 'huge-avatar'; readonly bytes: number }
  /** The answer is a vCard in which nothing is as it should be. */
  | { readonly kind: 'broken-vcard' };

/** Which requests go wrong: all parts that are given must fit. */
export interface FaultMatch {
  /** The bare JID that is asked. */
  readonly to?: string;
  /** The bare JID that asks. */
  readonly from?: string;
  /** The namespace of what is asked. */
  readonly namespace?: string;
  /** The action of a platform request. */
  readonly action?: string;
}

export interface Fault {
  readonly match: FaultMatch;
  readonly effect: FaultEffect;
  /** How many requests it hits before it is over; without a number, all. */
  readonly times?: number;
}

interface ArmedFault {
  readonly fault: Fault;
  left: number;
}

function actionOf(payload: XmlElement | undefined): string | undefined {
  const child = payload && childElements(payload)[0];
  return child?.attributes['action'];
}

function fits(match: FaultMatch, stanza: XmlElement): boolean {
  const payload = childElements(stanza)[0];
  const { from, to } = stanza.attributes;
  const facts: FaultMatch = {
    to: readJid(to ?? '')?.bare ?? '',
    from: readJid(from ?? '')?.bare ?? '',
    namespace: (payload && namespaceOf(payload)) ?? '',
    action: actionOf(payload) ?? '',
  };
  return (['to', 'from', 'namespace', 'action'] as const).every((key) => {
    const wanted = match[key];
    return wanted === undefined || wanted === facts[key];
  });
}

/** The faults that are switched on. Without any, requests pass untouched. */
export class FaultSwitch {
  #armed: ArmedFault[] = [];

  /** Switches a fault on; the returned function switches it off. */
  add(fault: Fault): () => void {
    const armed = { fault, left: fault.times ?? Infinity };
    this.#armed.push(armed);
    return () => {
      this.#armed = this.#armed.filter((other) => other !== armed);
    };
  }

  clear(): void {
    this.#armed = [];
  }

  /** The effect on a request, the first fault switched on winning; each call counts as a hit. */
  take(request: XmlElement): FaultEffect | undefined {
    if (this.#armed.length === 0) return undefined;
    const hit = this.#armed.find(({ fault }) => fits(fault.match, request));
    if (!hit) return undefined;
    hit.left -= 1;
    if (hit.left <= 0) this.#armed = this.#armed.filter((other) => other !== hit);
    return hit.fault.effect;
  }
}
