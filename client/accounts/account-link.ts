import type { AppError } from '../../core/contract/app-error.ts';
import type { Entity, EntityKind, EntityState } from '../../core/domain/entity.ts';
import { GROUP_DELIMITER } from '../../core/domain/group-path.ts';
import type { BareJid } from '../../core/domain/jid.ts';
import { err, ok, type Result } from '../../core/lib/result.ts';
import { CLIENT_NODE, clientAnnouncement } from '../../core/protocol/client-announcement.ts';
import type { Action } from '../../core/protocol/define-action.ts';
import { hypervisorControl } from '../../core/protocol/hypervisor-control.ts';
import type { Push } from '../../core/protocol/push.ts';
import type { Vcard } from '../../core/protocol/vcard.ts';
import { vmControl } from '../../core/protocol/vm-control.ts';
import {
  lookUpAccount,
  type AccountLookup,
  type LookupFailure,
} from '../../node/xmpp/account-lookup.ts';
import { capabilityElement } from '../../node/xmpp/capabilities.ts';
import type { Clock } from '../../node/xmpp/clock.ts';
import { answerDisco } from '../../node/xmpp/disco.ts';
import type { IqFailure } from '../../node/xmpp/session-failure.ts';
import type { CommandLink } from '../commands/command-context.ts';
import type { DiagnosisLink } from '../diagnosis/why-offline.ts';
import type { PresenceIntake } from '../inventory/presence-intake.ts';
import { RosterIntake } from '../inventory/roster-intake.ts';
import type { SubscriptionDesk } from '../inventory/subscription-desk.ts';
import type { Asker } from '../journal/evidence.ts';
import type { Journal, OrderOptions } from '../journal/journal.ts';
import type { QueryLink } from '../queries/query-hub.ts';
import { linkError } from '../requests/request-failure.ts';
import { ANSWER_TIMEOUT_MS, type AskOptions } from '../requests/request-engine.ts';
import { AccountContacts } from './account-contacts.ts';
import { takeAnswer } from './answer-intake.ts';
import { pubsubService, type LinkParts } from './link-parts.ts';
import { takePresences } from './link-presence.ts';
import {
  findDelimiter,
  findPrivate,
  type FoundDelimiter,
  type PrivateFinding,
} from './private-findings.ts';
import { takeMessage, type SubscribedListener } from './message-intake.ts';
import { readRoster } from './read-roster.ts';

export interface AccountLinkDependencies {
  readonly parts: LinkParts;
  readonly journal: Journal;
  readonly clock: Clock;
  /** What parts nested groups, as found out in an earlier log-in. */
  readonly delimiter: string | undefined;
  readonly delimiterFound: (delimiter: string) => void;
  /** From now on, what this address asks for is granted without asking the user. */
  readonly authorise: (jid: BareJid) => void;
  /** Whether what earlier clients kept has been looked at in an earlier log-in. */
  readonly isPrivateRead: boolean;
  readonly privateRead: () => void;
  readonly told: LinkEvents;
}

/** What happens on the link of one account, for what all accounts share. */
export interface LinkEvents extends SubscribedListener {
  /** After a log-in, all who are online have been heard. */
  settled(): void;
  rosterUnread(error: AppError): void;
  arrived(jid: BareJid): void;
  departed(jid: BareJid): void;
  /** A machine crashed, or a hypervisor lost libvirt or left, while it was followed. */
  failed(jid: BareJid, state: EntityState): void;
  /** An entity whose agent had lost libvirt is back. */
  recovered(jid: BareJid): void;
  pushed(push: Push): void;
  /** What an entity's agent offers may be known now. */
  agentLearned(jid: BareJid): void;
  shouted(jid: BareJid, text: string): void;
  /** Somebody may see the account now, because the user said so earlier. */
  authorised(jid: BareJid, nick: string | undefined): void;
  /** Earlier clients kept something for the account that is of no use here. */
  foundPrivate(found: readonly PrivateFinding[]): void;
}

type AskedDelimiter = Result<FoundDelimiter, IqFailure>;

/** One account while it is connected: everything that is asked, ordered and heard through it. */
export class AccountLink implements QueryLink, CommandLink, Asker, DiagnosisLink {
  readonly account: BareJid;
  readonly contacts: AccountContacts;
  readonly #own: AccountLinkDependencies;
  readonly #parts: LinkParts;
  readonly #presence: PresenceIntake;
  #delimiter: string | undefined;
  #isPrivateRead: boolean;
  /** What the account is read from the server; what is sent meanwhile belongs to that. */
  isLoggingIn = false;

  constructor(dependencies: AccountLinkDependencies) {
    this.#own = dependencies;
    this.#parts = dependencies.parts;
    this.#delimiter = dependencies.delimiter;
    this.#isPrivateRead = dependencies.isPrivateRead;
    const { account, roster, subscriptions, view, slices, tags, vcards } = this.#parts;
    this.account = account;
    const delimiter = () => this.#delimiter ?? GROUP_DELIMITER;
    const forget = (jid: BareJid): void => this.desk.forget(jid);
    this.contacts = new AccountContacts({ account, roster, subscriptions, forget, delimiter });
    this.#presence = takePresences(this.#parts, dependencies.clock, dependencies.told);
    new RosterIntake({
      roster,
      view,
      queue: slices,
      delimiter,
      added: (jid) => {
        tags.apply(jid);
        vcards.apply(jid);
        this.#presence.catchUp(jid);
      },
    });
    this.#listen();
  }

  get desk(): SubscriptionDesk {
    return this.#parts.desk;
  }

  /** How many requests wait for an answer. */
  get pendingCount(): number {
    return this.#parts.queue.size;
  }

  /** A new stream: reads what may have changed meanwhile. */
  async logIn(): Promise<void> {
    this.isLoggingIn = true;
    try {
      await this.#readAll();
    } finally {
      this.isLoggingIn = false;
    }
  }

  async #readAll(): Promise<void> {
    const { roster, presences, permissions, subscriptions, tags, view } = this.#parts;
    permissions.forget();
    view.setLive(true);
    const asked = this.#delimiter === undefined ? await this.#readDelimiter() : undefined;
    await readRoster(roster, this.account, (error) => this.#own.told.rosterUnread(error));
    this.#presence.begin();
    await presences.announce({}, { more: [capabilityElement(CLIENT_NODE, clientAnnouncement)] });
    await Promise.all([subscriptions.load(), tags.load()]);
    await this.#lookAtPrivate(asked);
  }

  /** The old stream goes on: nothing was missed. */
  resumed(): void {
    this.#parts.view.setLive(true);
    this.contacts.leaveAgain();
    this.desk.resumed();
    this.#own.told.settled();
  }

  lost(): void {
    this.#parts.view.setLive(false);
  }

  /** Resolves when what waited to be kept is kept. */
  async stop(): Promise<void> {
    this.#presence.stop();
    this.#parts.roster.stop();
    this.#parts.presences.stop();
    this.lost();
    await this.#parts.rosterKeeper?.stop();
  }

  /** Asks, and lets the inventory learn from the answer. */
  async ask<Request, Reply>(
    action: Action<Request, Reply, 'get'>,
    jid: BareJid,
    input: Request,
    options: AskOptions = { cause: 'reconcile', priority: 'background' },
  ): Promise<Result<Reply, AppError>> {
    let askedAt: number | undefined;
    const sent = (): void => void (askedAt = this.#own.clock.now());
    const answer = await this.#parts.engine.ask(action, jid, input, { ...options, sent });
    if (answer.ok) takeAnswer(this.#parts.view, jid, action, answer.value, askedAt);
    return answer;
  }

  order<Request, Reply>(
    action: Action<Request, Reply, 'set'>,
    jid: BareJid,
    input: Request,
    { run, subject, signal }: OrderOptions,
  ): Promise<Result<Reply, AppError>> {
    const door = { account: this.account, engine: this.#parts.engine, asker: this };
    return this.#own.journal.perform(door, action, jid, input, { run, subject, signal });
  }

  async checkNow(jid: BareJid): Promise<Result<undefined, AppError>> {
    const kind = this.entity(jid)?.kind;
    const how: AskOptions = { cause: 'command', priority: 'user' };
    let answer: Result<unknown, AppError> = await this.vcardOf(jid);
    if (kind === 'virtualmachine') answer = await this.ask(vmControl.info, jid, {}, how);
    if (kind === 'hypervisor') answer = await this.ask(hypervisorControl.rostervm, jid, {}, how);
    if (!answer.ok) return answer;
    this.#own.told.arrived(jid);
    return ok(undefined);
  }

  authorise(jid: BareJid): void {
    this.#own.authorise(jid);
  }

  refreshVcard(jid: BareJid): void {
    void this.#parts.vcards.fetch(jid);
  }

  async isOurs(jid: BareJid): Promise<boolean> {
    return (await this.#parts.agents.know(jid))?.generation === 'ours';
  }

  kindOf(jid: BareJid): EntityKind | undefined {
    return this.#parts.view.entity(jid)?.kind;
  }

  hear(jid: BareJid): Promise<boolean> {
    return this.#parts.subscriptions.hear(jid);
  }

  look(jid: BareJid): void {
    void this.#parts.vcards.want(jid);
  }

  tagsOf(jid: BareJid): Promise<Result<readonly string[], AppError>> {
    return this.#parts.tags.ask(jid);
  }

  async vcardOf(jid: BareJid): Promise<Result<Vcard, AppError>> {
    const fetched = await this.#parts.vcards.fetch(jid);
    if (fetched.ok) return fetched;
    const entity = this.#parts.view.nameOf(jid);
    if (fetched.error.code === 'stanza-error') return err({ code: 'offline', entity });
    const context = { account: this.account, entity, timeoutMs: ANSWER_TIMEOUT_MS };
    return err(linkError(fetched.error, context));
  }

  /** What the server tells of an account, also of one that is not in the roster. */
  lookUp(jid: BareJid): Promise<Result<AccountLookup, LookupFailure>> {
    return lookUpAccount(this.#parts.asking, jid);
  }

  /** Who may everything on the platform, and so can grant it. */
  administrators(): Promise<readonly BareJid[]> {
    return this.#parts.permissions.administrators();
  }

  entity(jid: BareJid): Entity | undefined {
    return this.#parts.view.entity(jid);
  }

  hypervisorOf(jid: BareJid): BareJid | undefined {
    const id = this.entity(jid)?.hypervisor;
    return this.#parts.view.contacts().find((one) => this.#parts.view.id(one.jid) === id)?.jid;
  }

  #listen(): void {
    const { session, view, tags, permissions } = this.#parts;
    answerDisco(session, () => clientAnnouncement);
    session.on('message', (message) =>
      takeMessage(message, {
        service: pubsubService(this.account),
        event: (event) => tags.receive(event),
        push: (push) => {
          permissions.pushed(push);
          this.#own.told.pushed(push);
        },
        chat: (from) => view.learnKnown(from, { unread: (view.facts(from)?.unread ?? 0) + 1 }),
        subscribed: this.#own.told,
        shout: (from, text) => this.#own.told.shouted(from, text),
      }),
    );
  }

  /** Once for each account; tried again at the next log-in where the link broke over it. */
  async #lookAtPrivate(asked: AskedDelimiter | undefined): Promise<void> {
    if (this.#isPrivateRead) return;
    const found = await findPrivate(this.#parts.details, asked);
    if (!found.ok) return;
    this.#isPrivateRead = true;
    this.#own.privateRead();
    if (found.value.length > 0) this.#own.told.foundPrivate(found.value);
  }

  async #readDelimiter(): Promise<AskedDelimiter> {
    const found = await findDelimiter(this.#parts.details);
    if (found.ok) {
      this.#delimiter = found.value.delimiter;
      this.#own.delimiterFound(this.#delimiter);
    }
    return found;
  }
}
