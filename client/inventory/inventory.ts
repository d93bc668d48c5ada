import type {
  InventoryDelta,
  InventorySnapshot,
  SubscriptionRequest,
} from '../../core/contract/inventory.ts';
import { entityId, type Entity, type EntityId } from '../../core/domain/entity.ts';
import type { BareJid } from '../../core/domain/jid.ts';
import type { Clock } from '../../node/xmpp/clock.ts';
import { newContact, type ContactFacts, type Surroundings } from './contact.ts';
import { describeEntity } from './describe-entity.ts';
import { isMachineJid } from './entity-kind.ts';
import { Homeless } from './homeless.ts';
import { PublishedEntities } from './published-entities.ts';
import { Untold } from './untold.ts';

/** A frame of a screen: changes within it are told together. */
const FRAME_MS = 20;
const BUDGET_MS = 8;
/** While more comes than a frame can describe, a window is told so often: each time it draws costs it more. */
const BURST_MS = 60;

export type ContactPatch = Partial<Omit<ContactFacts, 'account' | 'jid'>>;

export interface InventoryDependencies {
  readonly clock: Clock;
  readonly announce: (delta: InventoryDelta) => void;
  readonly report: (cause: unknown) => void;
}

/** All entities of all accounts. What is published changes once a frame at most. */
export class Inventory {
  readonly #own: InventoryDependencies;
  readonly #contacts = new Map<EntityId, ContactFacts>();
  readonly #published = new PublishedEntities();
  readonly #dirty = new Set<EntityId>();
  /** Entities that are described already, ahead of their publication; nothing that they depend on has changed. */
  readonly #ahead = new Map<EntityId, Entity>();
  /** Accounts of which all is to be described anew: once, however many of its hypervisors came. */
  readonly #dirtyAccounts = new Set<BareJid>();
  readonly #homeless = new Homeless();
  readonly #live = new Set<BareJid>();
  #requests: readonly SubscriptionRequest[] = [];
  #requestsChanged = false;
  /** Accounts of which entities from the cache are shown. */
  readonly #restored = new Set<BareJid>();
  #becameCurrent = false;
  #revision = 0;
  #cachedAt: number | undefined;
  readonly #untold = new Untold();
  #calledOff: (() => void) | undefined;

  constructor(dependencies: InventoryDependencies) {
    this.#own = dependencies;
  }

  get requests(): readonly SubscriptionRequest[] {
    return this.#requests;
  }

  /** What has been published: deltas of a later revision lead on from here. */
  snapshot(): InventorySnapshot {
    return {
      revision: this.#revision,
      entities: this.#published.all(),
      requests: this.#requests,
      ...(this.#cachedAt === undefined ? {} : { cachedAt: this.#cachedAt }),
    };
  }

  /** An entity as it is now, also what has not been published yet. */
  entity(id: EntityId): Entity | undefined {
    const facts = this.#contacts.get(id);
    if (!facts) return undefined;
    if (this.#dirtyAccounts.has(facts.account)) return this.#describe(facts);
    if (!this.#dirty.has(id)) return this.#published.get(id) ?? this.#describe(facts);
    const entity = this.#ahead.get(id) ?? this.#describe(facts);
    this.#ahead.set(id, entity);
    return entity;
  }

  /** A contact's name, for messages about it. */
  nameOf(account: BareJid, jid: BareJid): string {
    return this.entity(entityId(account, jid))?.name ?? jid;
  }

  /** How many entities have something that failed and was not looked at. */
  get faultCount(): number {
    return this.#published.faultCount;
  }

  /** The user looked: marks go, but for that of a limit, which stands for as long as it is passed. */
  seen(account: BareJid, jid: BareJid): void {
    const id = entityId(account, jid);
    const known = this.#contacts.get(id);
    if (!known || !isMarked(known)) return;
    const facts = { ...known, unread: 0 };
    delete facts.fault;
    this.#contacts.set(id, facts);
    this.#touch(id);
  }

  /** It is over no limit any more. */
  underLimit(id: EntityId): void {
    const known = this.#contacts.get(id);
    if (!known) return;
    const facts = { ...known };
    delete facts.overLimit;
    this.#contacts.set(id, facts);
    this.#touch(id);
  }

  facts(id: EntityId): ContactFacts | undefined {
    return this.#contacts.get(id);
  }

  /** The contacts of one account. */
  contactsOf(account: BareJid): readonly ContactFacts[] {
    return [...this.#contacts.values()].filter((one) => one.account === account);
  }

  /** Those whose agents offer a feature, none of which is described for it. */
  offering(feature: string): readonly EntityId[] {
    const offering = [...this.#contacts].filter(([, { agent, cached }]) => {
      return (agent ?? cached?.agent)?.features.includes(feature) === true;
    });
    return offering.map(([id]) => id);
  }

  entities(): readonly Entity[] {
    return [...this.#contacts.keys()].flatMap((id) => this.entity(id) ?? []);
  }

  /** Adds a contact, or takes in what was learned of it. */
  learn(account: BareJid, jid: BareJid, patch: ContactPatch): void {
    const id = entityId(account, jid);
    const known = this.#contacts.get(id);
    this.#contacts.set(id, { ...(known ?? newContact(account, jid)), ...patch });
    this.#touch(id);
    if (!known) this.#touchHomeless(id);
  }

  /** Takes something in of a contact that is known; of others nothing is kept. */
  learnKnown(account: BareJid, jid: BareJid, patch: ContactPatch): void {
    if (this.#contacts.has(entityId(account, jid))) this.learn(account, jid, patch);
  }

  remove(account: BareJid, jid: BareJid): void {
    const id = entityId(account, jid);
    if (!this.#contacts.delete(id)) return;
    if (!isMachineJid(jid)) this.#touchAll(account);
    this.#touch(id);
  }

  forgetAccount(account: BareJid): void {
    for (const { jid } of this.contactsOf(account)) this.remove(account, jid);
    this.setRequests(this.#requests.filter((one) => one.account !== account));
    this.#live.delete(account);
    this.settled(account);
  }

  /** All of the account has been read anew: nothing of it is as old as the cache. */
  settled(account: BareJid): void {
    if (!this.#restored.delete(account) || this.#restored.size > 0) return;
    this.#cachedAt = undefined;
    this.#becameCurrent = true;
    this.#schedule();
  }

  /** The account's link works, or is gone: then all of it is as old as the link. */
  setLive(account: BareJid, isLive: boolean): void {
    if (isLive) this.#live.add(account);
    else this.#live.delete(account);
    this.#touchAll(account);
  }

  setRequests(requests: readonly SubscriptionRequest[]): void {
    this.#requests = requests;
    this.#requestsChanged = true;
    this.#schedule();
  }

  /** Shows what was saved when the application last ran, marked stale. */
  restore(entities: readonly Entity[], savedAt: number): void {
    if (entities.length > 0) this.#cachedAt = savedAt;
    for (const entity of entities) {
      this.#restored.add(entity.account);
      this.learn(entity.account, entity.jid, { cached: entity, isHeard: false });
    }
  }

  /** Publishes what waits, without regard to frames. */
  flush(): void {
    do this.#publish(Infinity);
    while (this.#dirty.size > 0);
  }

  /** A machine heard before its hypervisor could not be placed. */
  #touchHomeless(hypervisor: EntityId): void {
    for (const id of this.#homeless.take(hypervisor)) this.#touch(id);
  }

  #touchAll(account: BareJid): void {
    this.#ahead.clear();
    this.#dirtyAccounts.add(account);
    this.#schedule();
  }

  #spreadDirt(): void {
    if (this.#dirtyAccounts.size === 0) return;
    for (const [id, { account }] of this.#contacts) {
      if (this.#dirtyAccounts.has(account)) this.#dirty.add(id);
    }
    this.#dirtyAccounts.clear();
  }

  #touch(id: EntityId): void {
    this.#ahead.delete(id);
    this.#dirty.add(id);
    this.#schedule();
  }

  #schedule(afterMs = FRAME_MS): void {
    this.#calledOff ??= this.#own.clock.after(afterMs, () => this.#publish(BUDGET_MS));
  }

  #publish(budgetMs: number): void {
    this.#calledOff?.();
    this.#calledOff = undefined;
    this.#spreadDirt();
    const started = performance.now();
    for (const id of this.#dirty) {
      this.#dirty.delete(id);
      this.#publishOne(id);
      if (performance.now() > started + budgetMs) break;
    }
    const isBurst = this.#dirty.size > 0;
    if (!isBurst || this.#untold.isOlderThan(BURST_MS)) this.#tell();
    if (isBurst) this.#schedule(0);
  }

  #tell(): void {
    const { changed, removed } = this.#untold.take();
    const more = this.#takeMore();
    if (changed.length === 0 && removed.length === 0 && Object.keys(more).length === 0) return;
    this.#revision += 1;
    this.#own.announce({ revision: this.#revision, changed, removed, ...more });
  }

  /** What is to be told besides entities. */
  #takeMore(): Pick<InventoryDelta, 'requests' | 'isCurrent'> {
    const more = {
      ...(this.#requestsChanged && { requests: this.#requests }),
      ...(this.#becameCurrent && { isCurrent: true as const }),
    };
    this.#requestsChanged = false;
    this.#becameCurrent = false;
    return more;
  }

  #publishOne(id: EntityId): void {
    const facts = this.#contacts.get(id);
    if (!facts) {
      this.#homeless.forget(id);
      if (this.#published.remove(id)) this.#untold.removed(id);
      return;
    }
    const entity = this.#ahead.get(id) ?? this.#describe(facts);
    this.#ahead.delete(id);
    if (this.#published.put(id, entity)) this.#untold.changed(entity);
  }

  #describe(facts: ContactFacts): Entity {
    const own = entityId(facts.account, facts.jid);
    this.#homeless.forget(own);
    const surroundings: Surroundings = {
      isLive: this.#live.has(facts.account),
      idOf: (jid) => {
        const id = entityId(facts.account, jid);
        return this.#isKnown(id, own) ? id : undefined;
      },
      isKnown: (id) => this.#isKnown(id, own),
    };
    return describeEntity(facts, surroundings, this.#published.get(own));
  }

  /** Whether a hypervisor is there; if not, who asked is described anew once it is. */
  #isKnown(hypervisor: EntityId, asking: EntityId): boolean {
    if (this.#contacts.has(hypervisor)) return true;
    this.#homeless.wait(asking, hypervisor);
    return false;
  }
}

/** Whether something waits to be looked at. */
function isMarked({ unread, fault }: ContactFacts): boolean {
  return unread > 0 || fault !== undefined;
}
