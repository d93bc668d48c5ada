import { err, ok, type Result } from '../../core/lib/result.ts';
import { el, type ElementReader, type XmlElement } from '../../core/xml/element.ts';
import { bareOf, LONGEST_ADDRESS, sameAddress } from './addresses.ts';
import { childOf, childrenOf, childText } from './elements.ts';
import { Emitter } from './emitter.ts';
import { keptText } from './kept-text.ts';
import { NS } from './namespaces.ts';
import type { IqFailure, SendFailure } from './session-failure.ts';
import type { IncomingIq, IqAnswer, Session, Unsubscribe } from './session-types.ts';
import { refuse } from './stanza-error.ts';

export type Subscription = 'none' | 'to' | 'from' | 'both';

const SUBSCRIPTIONS: readonly Subscription[] = ['none', 'to', 'from', 'both'];

/** How long the whole roster may take: at 50,000 contacts it is several megabytes. */
const ROSTER_TIMEOUT_MS = 120_000;

/** Whoever can reach the account can ask to see it: of so many it is kept. */
const MOST_REQUESTS = 200;
/** What is kept of the words of one, in UTF-16 units. */
const MOST_TEXT = 1000;

/** A contact in the roster of the account (RFC 6121 §2). */
export interface RosterItem {
  readonly jid: string;
  readonly name: string | undefined;
  readonly groups: readonly string[];
  readonly subscription: Subscription;
  /** A subscription was asked for and is not granted yet. */
  readonly isAsked: boolean;
}

/** A roster as the server had it at a version that the server named (RFC 6121 §2.6). */
export interface KeptRoster {
  readonly version: string;
  readonly items: readonly RosterItem[];
}

/** Somebody who asks to see when this account is online. */
export interface SubscriptionRequest {
  readonly jid: string;
  readonly nick: string | undefined;
  readonly text: string;
}

export interface RosterEvents {
  /** What a push of the server changed. */
  readonly changed: {
    readonly items: readonly RosterItem[];
    readonly removed: readonly string[];
  };
  /** The whole roster was read, or the server said that it is as it was. */
  readonly loaded: readonly RosterItem[];
  readonly requested: SubscriptionRequest;
  /** A contact granted, refused or ended a subscription. */
  readonly answered: {
    readonly jid: string;
    readonly answer: 'subscribed' | 'unsubscribed' | 'unsubscribe';
  };
}

type Answered = Promise<Result<void, IqFailure>>;
type Sent = Promise<Result<void, SendFailure>>;

/** The account's contacts, as the server has them. Load it after each new (not resumed) session. */
export class Roster {
  readonly #session: Session;
  readonly #items = new Map<string, RosterItem>();
  readonly #requests = new Map<string, SubscriptionRequest>();
  readonly #events: Emitter<RosterEvents>;
  readonly #stops: readonly Unsubscribe[];
  readonly #recall: (() => Promise<KeptRoster | undefined>) | undefined;
  #version: string | undefined;
  /** Pushes that came while the whole was read; who asked for that hears of it later than they come. */
  #early: ElementReader[] | undefined;

  /** With `recall`, the server is told which roster was kept, and sends nothing where it has no other. */
  constructor(
    session: Session,
    onThrown: (cause: unknown) => void,
    recall?: () => Promise<KeptRoster | undefined>,
  ) {
    this.#session = session;
    this.#recall = recall;
    this.#events = new Emitter(onThrown);
    this.#stops = [
      session.onIq(NS.roster, (iq) => this.#receivePush(iq)),
      session.on('presence', (stanza) => this.#receivePresence(stanza)),
    ];
  }

  on<Name extends keyof RosterEvents>(
    name: Name,
    listener: (event: RosterEvents[Name]) => void,
  ): Unsubscribe {
    return this.#events.on(name, listener);
  }

  get items(): ReadonlyMap<string, RosterItem> {
    return this.#items;
  }

  /** What the server calls this roster; undefined where it has no versions. */
  get version(): string | undefined {
    return this.#version;
  }

  /** Who waits for an answer, by bare JID. */
  get requests(): ReadonlyMap<string, SubscriptionRequest> {
    return this.#requests;
  }

  async load(): Promise<Result<readonly RosterItem[], IqFailure>> {
    this.#early = [];
    const kept = await this.#kept();
    const query = el('query', { xmlns: NS.roster, ver: kept?.version });
    const answer = await this.#session.request(undefined, 'get', query, {
      timeoutMs: ROSTER_TIMEOUT_MS,
    });
    const read = answer.ok ? ok(this.#take(childOf(answer.value, 'query'), kept)) : answer;
    const early = this.#early;
    this.#early = undefined;
    for (const push of early) this.#apply(push);
    return read;
  }

  /** What the server is told to be known here: what is, what was, or nothing yet. */
  async #kept(): Promise<KeptRoster | undefined> {
    if (!this.#recall || this.#session.facts?.hasRosterVersions !== true) return undefined;
    if (this.#version === undefined) return (await this.#recall()) ?? { version: '', items: [] };
    return { version: this.#version, items: [...this.#items.values()] };
  }

  /** An answer without a roster says that it is the one that was named. */
  #take(query: ElementReader | undefined, kept: KeptRoster | undefined): readonly RosterItem[] {
    const isAsKept = query === undefined && kept !== undefined && kept.version !== '';
    const read = isAsKept ? kept.items : childrenOf(query, 'item').map(readItem);
    this.#version = isAsKept ? kept.version : query?.attribute('ver');
    this.#items.clear();
    for (const item of read) if (item !== undefined) this.#items.set(item.jid, item);
    const items = [...this.#items.values()];
    this.#events.emit('loaded', items);
    return items;
  }

  /** Adds a contact, or changes its name and all its groups. */
  async set(jid: string, name: string | undefined, groups: readonly string[]): Answered {
    const children = groups.map((group) => el('group', {}, [group]));
    return this.#change(el('item', { jid, name }, children));
  }

  /** Removes a contact, with the subscriptions in both directions. */
  async remove(jid: string): Answered {
    return this.#change(el('item', { jid, subscription: 'remove' }));
  }

  async #change(item: XmlElement): Answered {
    const query = el('query', { xmlns: NS.roster }, [item]);
    const answer = await this.#session.request(undefined, 'set', query);
    return answer.ok ? ok(undefined) : err(answer.error);
  }

  /** Asks a contact to show when it is online. */
  async subscribe(jid: string, text?: string): Sent {
    const children = text === undefined ? [] : [el('status', {}, [text])];
    return this.#session.send(el('presence', { to: jid, type: 'subscribe' }, children));
  }

  async unsubscribe(jid: string): Sent {
    return this.#presence(jid, 'unsubscribe');
  }

  /** Grants what a contact asked for. */
  async accept(jid: string): Sent {
    this.#requests.delete(jid);
    return this.#presence(jid, 'subscribed');
  }

  /** Refuses what a contact asked for, or takes back what was granted. */
  async refuse(jid: string): Sent {
    this.#requests.delete(jid);
    return this.#presence(jid, 'unsubscribed');
  }

  async #presence(to: string, type: string): Sent {
    return this.#session.send(el('presence', { to, type }));
  }

  /** Stops listening to the session. */
  stop(): void {
    for (const stop of this.#stops) stop();
  }

  #receivePush({ from, type, payload }: IncomingIq): IqAnswer {
    // RFC 6121 §2.1.6: anybody else who could push here could write our roster.
    const isFromAccount = from === '' || sameAddress(from, this.#session.bareJid);
    if (!isFromAccount || type !== 'set') return refuse('cancel', 'service-unavailable');
    if (this.#early) this.#early.push(payload);
    else this.#apply(payload);
    return ok(undefined);
  }

  #apply(push: ElementReader): void {
    const items: RosterItem[] = [];
    const removed: string[] = [];
    for (const element of childrenOf(push, 'item')) {
      const item = readItem(element);
      if (item !== undefined) items.push(item);
      else removed.push(element.attribute('jid')?.toLowerCase() ?? '');
    }
    for (const jid of removed) this.#items.delete(jid);
    for (const item of items) this.#items.set(item.jid, item);
    this.#version = push.attribute('ver') ?? this.#version;
    this.#events.emit('changed', { items, removed });
  }

  #keep(request: SubscriptionRequest): void {
    this.#requests.delete(request.jid);
    this.#requests.set(request.jid, request);
    const [oldest] = this.#requests.keys();
    if (this.#requests.size > MOST_REQUESTS && oldest !== undefined) this.#requests.delete(oldest);
  }

  #receivePresence(stanza: ElementReader): void {
    const jid = bareOf(stanza.attribute('from') ?? '').toLowerCase();
    const type = stanza.attribute('type');
    if (type === 'subscribe') {
      const named = childText(stanza, 'nick');
      const nick = named === undefined ? undefined : keptText(named, MOST_TEXT);
      const text = keptText(childText(stanza, 'status') ?? '', MOST_TEXT);
      const request = { jid: keptText(jid, LONGEST_ADDRESS), nick, text };
      this.#keep(request);
      this.#events.emit('requested', request);
    } else if (type === 'subscribed' || type === 'unsubscribed' || type === 'unsubscribe') {
      if (type === 'unsubscribe') this.#requests.delete(jid);
      this.#events.emit('answered', { jid, answer: type });
    }
  }
}

/** Reads an item; undefined when it is to be removed or names nobody. */
function readItem(element: ElementReader): RosterItem | undefined {
  const jid = element.attribute('jid')?.toLowerCase();
  const subscription = element.attribute('subscription') ?? 'none';
  if (jid === undefined || jid === '' || subscription === 'remove') return undefined;
  return {
    jid,
    name: element.attribute('name') || undefined,
    groups: childrenOf(element, 'group').map((group) => group.text()),
    subscription: SUBSCRIPTIONS.find((one) => one === subscription) ?? 'none',
    isAsked: element.attribute('ask') === 'subscribe',
  };
}
