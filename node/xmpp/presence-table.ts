import { type Presence, readPresence, writePresence } from '../../core/protocol/presence.ts';
import { el, type ElementReader, type XmlElement } from '../../core/xml/element.ts';
import { bareOf, LONGEST_ADDRESS, resourceOf } from './addresses.ts';
import { AddressTable } from './address-table.ts';
import type { Clock } from './clock.ts';
import { childOf, childText } from './elements.ts';
import { Emitter } from './emitter.ts';
import { keptText } from './kept-text.ts';
import { NS } from './namespaces.ts';
import type { SendFailure } from './session-failure.ts';
import type { Session, Unsubscribe } from './session-types.ts';
import type { Result } from '../../core/lib/result.ts';

/** One resource of an entity that is online. */
export interface ResourcePresence {
  readonly resource: string;
  readonly presence: Presence;
  /** From -128 to 127. */
  readonly priority: number;
  /** SHA-1 of its vCard's picture; empty when it has none, undefined when it does not say. */
  readonly photoHash: string | undefined;
  /** When this presence came, milliseconds since 1970. */
  readonly receivedAt: number;
}

export interface PresenceEvents {
  /** A resource came, changed or left. `presence` is undefined when it left. */
  readonly changed: {
    readonly jid: string;
    readonly resource: string;
    readonly presence: ResourcePresence | undefined;
  };
  /** The server could not deliver to an entity. */
  readonly failed: { readonly jid: string };
  /** A new session began: nobody is known to be online any more. */
  readonly cleared: undefined;
}

/** Servers allow an account some ten; an entity that has more is known by the last. */
const MOST_RESOURCES = 32;
/** Longer than anything that means something here, in UTF-16 units. */
const MOST_TEXT = 1000;

/** Who is online, resource by resource: of those that are known all, of strangers the last. */
export class PresenceTable {
  readonly #session: Session;
  readonly #clock: Clock;
  readonly #entities: AddressTable<string, Map<string, ResourcePresence>>;
  readonly #events: Emitter<PresenceEvents>;
  readonly #stops: readonly Unsubscribe[];

  /** `isKnown` tells of a bare JID in lower case whether it is a contact. */
  constructor(
    session: Session,
    clock: Clock,
    onThrown: (cause: unknown) => void,
    isKnown: (bareJid: string) => boolean = () => false,
  ) {
    this.#session = session;
    this.#entities = new AddressTable(isKnown);
    this.#clock = clock;
    this.#events = new Emitter(onThrown);
    this.#stops = [
      session.on('presence', (stanza) => this.#receive(stanza)),
      session.on('resynced', () => this.clear()),
    ];
  }

  on<Name extends keyof PresenceEvents>(
    name: Name,
    listener: (event: PresenceEvents[Name]) => void,
  ): Unsubscribe {
    return this.#events.on(name, listener);
  }

  /** The resources of an entity that are online, the most important first. */
  of(bareJid: string): readonly ResourcePresence[] {
    const known = [...(this.#entities.get(bareJid)?.values() ?? [])];
    return known.sort((a, b) => b.priority - a.priority || b.receivedAt - a.receivedAt);
  }

  /** The full JID to send requests to; undefined when no resource is online. */
  fullJidOf(bareJid: string): string | undefined {
    const [best] = this.of(bareJid);
    if (best === undefined) return undefined;
    return best.resource === '' ? bareJid : `${bareJid}/${best.resource}`;
  }

  /** Tells everyone subscribed, or one entity, how this account is, and more with it. */
  async announce(
    presence: Presence,
    options: {
      readonly to?: string;
      readonly priority?: number;
      readonly more?: readonly XmlElement[];
    } = {},
  ): Promise<Result<void, SendFailure>> {
    const stanza = writePresence(presence);
    const priority = options.priority === undefined ? [] : [String(options.priority)];
    return this.#session.send({
      ...stanza,
      attributes: { ...stanza.attributes, ...(options.to !== undefined && { to: options.to }) },
      children: [
        ...stanza.children,
        ...priority.map((text) => el('priority', {}, [text])),
        ...(options.more ?? []),
      ],
    });
  }

  clear(): void {
    this.#entities.clear();
    this.#events.emit('cleared', undefined);
  }

  stop(): void {
    for (const stop of this.#stops) stop();
  }

  #receive(stanza: ElementReader): void {
    const from = stanza.attribute('from') ?? '';
    const jid = keptText(bareOf(from).toLowerCase(), LONGEST_ADDRESS);
    const resource = keptText(resourceOf(from), LONGEST_ADDRESS);
    const type = stanza.attribute('type');
    if (type === undefined) this.#arrive(jid, resource, stanza);
    else if (type === 'unavailable') this.#leave(jid, resource);
    else if (type === 'error') this.#events.emit('failed', { jid });
  }

  #arrive(jid: string, resource: string, stanza: ElementReader): void {
    const photo = childText(childOf(stanza, 'x', NS.vcardUpdate), 'photo');
    const entry: ResourcePresence = {
      resource,
      presence: shortened(readPresence(stanza)),
      priority: readPriority(childText(stanza, 'priority')),
      photoHash: photo === undefined ? undefined : keptText(photo, MOST_TEXT),
      receivedAt: this.#clock.now(),
    };
    const resources = this.#entities.get(jid) ?? new Map<string, ResourcePresence>();
    // Behind all others, the last of which stay.
    resources.delete(resource);
    resources.set(resource, entry);
    const [oldest] = resources.keys();
    if (resources.size > MOST_RESOURCES && oldest !== undefined) resources.delete(oldest);
    this.#entities.set(jid, resources);
    this.#events.emit('changed', { jid, resource, presence: entry });
  }

  #leave(jid: string, resource: string): void {
    const resources = this.#entities.get(jid);
    // From the bare JID it means all of them.
    const gone = resource === '' ? [...(resources?.keys() ?? [])] : [resource];
    for (const one of gone) {
      if (!resources?.delete(one)) continue;
      this.#events.emit('changed', { jid, resource: one, presence: undefined });
    }
    if (resources?.size === 0) this.#entities.delete(jid);
  }
}

/** An entity may say what it likes, but not have all of it kept. */
function shortened(presence: Presence): Presence {
  const { status, nick, delayed } = presence;
  return {
    ...presence,
    ...(status !== undefined && { status: keptText(status, MOST_TEXT) }),
    ...(nick !== undefined && { nick: keptText(nick, MOST_TEXT) }),
    ...(delayed !== undefined && { delayed: keptText(delayed, MOST_TEXT) }),
  };
}

function readPriority(text: string | undefined): number {
  const value = Number(text ?? 0);
  return Number.isInteger(value) && value >= -128 && value <= 127 ? value : 0;
}
