import type { SecureContext } from 'node:tls';
import { parseJid, type BareJid } from '../../core/domain/jid.ts';
import type { XmlElement } from '../../core/xml/element.ts';
import { AccountStorage } from './account-storage.ts';
import type { Accounts } from './accounts.ts';
import { CommandRequests } from './admin/command-requests.ts';
import type { ConnectionServices } from './connection.ts';
import { Contacts } from './contacts.ts';
import { type EntityScript, ScriptedEntity } from './entity.ts';
import { faultHandler } from './fault-requests.ts';
import { FaultSwitch } from './faults.ts';
import { faultyRoute, type Route } from './faulty-route.ts';
import { NS } from './namespaces.ts';
import { Occupants } from './occupants.ts';
import { PresenceSpreader } from './presence.ts';
import { routePresence } from './presence-route.ts';
import { PubsubService } from './pubsub/pubsub-service.ts';
import { Registration } from './registration.ts';
import type { RequestHandler, RequestHandlers } from './requests.ts';
import { RosterRequests } from './roster-requests.ts';
import { Rosters } from './roster.ts';
import { Router } from './router.ts';
import { accountInfo, serverHandlers } from './server-requests.ts';
import { Session } from './session.ts';
import { SharedGroups } from './shared-groups.ts';
import type { StreamLimits } from './stream-parser.ts';
import { Subscriptions } from './subscriptions.ts';

/** What a domain is made from. */
export interface DomainOptions {
  readonly domain: string;
  readonly admins: readonly BareJid[];
  readonly version: string;
  readonly hasFaultControl?: boolean;
  readonly handlers?: RequestHandlers;
}

/** One XMPP domain: its accounts, who is there, and what they are to each other. */
export class Domain {
  readonly name: string;
  readonly accounts: Accounts;
  readonly faults = new FaultSwitch();
  readonly #admins: ReadonlySet<BareJid>;
  readonly #occupants = new Occupants();
  readonly #rosters = new Rosters();
  readonly #groups = new SharedGroups();
  readonly #storage = new AccountStorage();
  readonly #contacts = new Contacts(this.#rosters, this.#groups, this.#occupants);
  readonly #presence = new PresenceSpreader(this.#contacts, this.#occupants, this.#rosters);
  readonly #entities = new Map<BareJid, ScriptedEntity>();
  readonly #subscriptions: Subscriptions;
  readonly #registration: Registration;
  readonly #pubsub: PubsubService;
  readonly #router: Router;
  readonly #route: Route;

  constructor(accounts: Accounts, options: DomainOptions) {
    this.name = options.domain;
    this.accounts = accounts;
    this.#admins = new Set(options.admins);
    this.#subscriptions = new Subscriptions(
      {
        contacts: this.#contacts,
        occupants: this.#occupants,
        presence: this.#presence,
        rosters: this.#rosters,
      },
      (account) => this.#exists(account),
    );
    this.#registration = new Registration(accounts, (account) => this.#removed(account));
    this.#pubsub = new PubsubService(`pubsub.${this.name}`, (message) => {
      this.#router.deliverMessage(message);
    });
    this.#router = this.#makeRouter(options);
    this.#route = faultyRoute(this.faults, (session, stanza) =>
      this.#router.route(session, stanza),
    );
  }

  /** What a new connection needs of this domain. */
  connectionServices(
    secureContext: SecureContext,
    limits: StreamLimits,
  ): Omit<ConnectionServices, 'mechanisms'> {
    return {
      domain: this.name,
      secureContext,
      limits,
      accounts: this.accounts,
      occupants: this.#occupants,
      route: this.#route,
      register: (request) => this.#registration.beforeLogin(request),
      sessionEnded: (session) => this.#sessionEnded(session),
    };
  }

  /** Makes a shared roster group, shown under its name to the members of the groups that display it. */
  defineGroup(id: string, name: string, displays: readonly string[]): void {
    this.#groups.define(id, name, displays);
  }

  /** Adds a member to a shared group, and tells those whom it concerns. */
  addToGroup(id: string, member: BareJid, name?: string): void {
    if (!this.#groups.add(id, member, name)) return;
    for (const watcher of this.#contacts.watchersOf(member)) {
      this.#contacts.push(watcher, member);
      this.#presence.introduce(member, watcher);
    }
    for (const contact of this.#contacts.watchedBy(member)) {
      this.#contacts.push(member, contact);
      this.#presence.introduce(contact, member);
    }
  }

  /** Presents an entity without a connection, as if it were online. */
  present(script: EntityScript, vcard: () => XmlElement): void {
    const entity = new ScriptedEntity(script, (stanza) => this.#deliverToResource(stanza));
    this.#occupants.add(entity);
    this.#entities.set(script.bare, entity);
    this.#storage.setVcard(script.bare, vcard);
    this.#presence.spread(entity, entity.presence.text);
  }

  /** Spreads what a presented entity now shows. */
  refresh(bare: BareJid): void {
    const entity = this.#entities.get(bare);
    if (entity) this.#presence.spread(entity, entity.refresh());
  }

  /** Breaks all links of an account without a word; its sessions wait to be taken up again. */
  cutLinks(account: BareJid): void {
    for (const occupant of [...this.#occupants.of(account)]) {
      if (occupant instanceof Session) occupant.cut();
    }
  }

  /** Keeps a vCard for an account, as if it had been published. */
  setVcard(account: BareJid, vcard: () => XmlElement): void {
    this.#storage.setVcard(account, vcard);
  }

  /** Makes a pubsub node, configured by fields without their prefix `pubsub#`. */
  createNode(name: string, owner: BareJid, fields: Readonly<Record<string, string>>): void {
    const node = this.#pubsub.createNode(name, owner, fields);
    if (!node.ok) throw new Error(`${name} cannot be configured with ${node.error}`);
  }

  /** Publishes an item in the name of the service. */
  publish(node: string, id: string | undefined, payload: XmlElement): void {
    this.#pubsub.publish(node, id, payload);
  }

  #exists(account: BareJid): boolean {
    return this.accounts.has(account) || this.#entities.has(account);
  }

  #makeRouter(options: DomainOptions): Router {
    const isAdmin = (account: BareJid): boolean => this.#admins.has(account);
    const subjects = {
      domain: this.name,
      accounts: this.accounts,
      occupants: this.#occupants,
      removed: (account: BareJid) => this.#removed(account),
    };
    const register: RequestHandler = (request) => this.#registration.answer(request);
    const control: [string, RequestHandler][] = options.hasFaultControl
      ? [[NS.faults, faultHandler(this.faults, isAdmin)]]
      : [];
    const atDomain = new Map<string, RequestHandler>([
      ...serverHandlers(new CommandRequests(subjects, isAdmin), options.version),
      [NS.register, register],
      ...control,
      ...(options.handlers ?? []),
    ]);
    return new Router({
      domain: this.name,
      occupants: this.#occupants,
      serverHandlers: atDomain,
      accountHandlers: this.#accountHandlers(register),
      pubsubHandlers: this.#pubsub.handlers,
      exists: (account) => this.#exists(account),
      presence: (session, stanza) => this.#presenceOf(session, stanza),
    });
  }

  #accountHandlers(register: RequestHandler): RequestHandlers {
    const roster = new RosterRequests(this.#rosters, this.#contacts, this.#subscriptions);
    return new Map<string, RequestHandler>([
      [NS.roster, (request) => roster.answer(request)],
      [NS.vcard, (request) => this.#storage.vcard(request)],
      [NS.privateStorage, (request) => this.#storage.private(request)],
      [NS.discoInfo, accountInfo],
      [NS.register, register],
    ]);
  }

  #presenceOf(session: Session, stanza: XmlElement): void {
    const parts = {
      domain: this.name,
      contacts: this.#contacts,
      presence: this.#presence,
      subscriptions: this.#subscriptions,
    };
    routePresence(parts, session, stanza);
  }

  #deliverToResource(stanza: XmlElement): void {
    const to = parseJid(stanza.attributes['to'] ?? '');
    if (to?.resource !== undefined) this.#occupants.find(to.bare, to.resource)?.deliver(stanza);
  }

  #sessionEnded(session: Session): void {
    this.#occupants.remove(session);
    this.#presence.leave(session);
  }

  /** Ends all that an account was to others. */
  #removed(account: BareJid): void {
    for (const occupant of [...this.#occupants.of(account)]) occupant.expel('not-authorized');
    for (const [contact, { subscription }] of [...this.#rosters.of(account).entries()]) {
      this.#subscriptions.sever(account, contact, subscription);
    }
    const watchers = this.#groups.watchersOf(account);
    this.#groups.removeEverywhere(account);
    for (const watcher of watchers) this.#contacts.push(watcher, account);
    this.#rosters.forget(account);
    this.#storage.forget(account);
    this.#pubsub.forget(account);
  }
}
