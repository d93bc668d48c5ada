import type { AccountSettings } from '../core/contract/accounts.ts';
import type { AppError } from '../core/contract/app-error.ts';
import type { Activity } from '../core/contract/app.ts';
import type { AppContract } from '../core/contract/contract.ts';
import type { Announcer, Handlers } from '../core/contract/define.ts';
import type { Notice } from '../core/contract/notices.ts';
import type { BareJid } from '../core/domain/jid.ts';
import type { Entity, EntityId } from '../core/domain/entity.ts';
import type { Result } from '../core/lib/result.ts';
import type { Action } from '../core/protocol/define-action.ts';
import type { AccountKeepers } from './accounts/forgets-accounts.ts';
import type { Place } from './consoles/place.ts';
import type { JournalEntry } from './journal/journal-entry.ts';
import type { LogPushListener } from './logs/log-pushes.ts';
import type { Transport } from '../node/xmpp/session-options.ts';

/** The part of the contract that needs no window. */
export type ClientContract = Pick<
  AppContract,
  | 'accounts'
  | 'diagnosis'
  | 'inventory'
  | 'notices'
  | 'queries'
  | 'runs'
  | 'settings'
  | 'stanzas'
  | 'statistics'
>;

export type ClientHandlers = Handlers<ClientContract>;
export type ClientAnnouncer = Announcer<ClientContract>;

/** What is on record of an order; secrets are masked in it. */
export type Order = JournalEntry;

/** Where announcements go: to all windows, or to the one that asked. */
export interface Audience {
  readonly everyone: ClientAnnouncer;
  window(windowId: number): ClientAnnouncer;
}

/** How the embedded platform is reached. Nothing of its account is stored. */
export interface DemoAccount {
  readonly settings: AccountSettings;
  readonly password: string;
  /** SHA-256 of the certificate that the embedded server made for this run. */
  readonly fingerprint: string;
  readonly transport?: Transport;
}

/**
 * The application without a window. `handlers` answer the contract; those for destructive commands
 * and raw stanzas are called once the caller has had them confirmed.
 */
export interface Client {
  readonly handlers: ClientHandlers;
  /** Who is told of each account that the user removes. */
  readonly keepers: Pick<AccountKeepers, 'add'>;
  /** Shows the cached inventory and connects the accounts that want it. */
  start(): Promise<void>;
  /** Disconnects and saves. */
  stop(): Promise<void>;
  /** Forgets what a window had open. */
  windowClosed(windowId: number): void;
  /** Says whether panels can be seen: nothing is polled for a hidden window. */
  windowShown(windowId: number, isVisible: boolean): void;
  /** The picture behind `app://bundle/avatar/<hash>.png`; fetched when it is first looked at. */
  avatar(hash: string): Promise<Uint8Array | undefined>;
  addDemo(account: DemoAccount): void;
  removeDemo(jid: BareJid): Promise<void>;
  activity(): Activity;
  /** Any action of the protocol: a question is asked, an order is given on record. */
  call(entity: EntityId, action: Action, input: unknown): Promise<Result<unknown, AppError>>;
  /** The answer to a question: what was answered before and pushes keep right, or else asked for now. */
  known(
    entity: EntityId,
    action: Action<unknown, unknown, 'get'>,
    input: unknown,
  ): Promise<Result<unknown, AppError>>;
  /** Follows what a hypervisor's agent sends of its log, until the returned function is called. */
  followLog(entity: EntityId, listener: LogPushListener): () => void;
  /** Everything in the roster, for confirmations that tell one from another. */
  entities(): readonly Entity[];
  /** An entity as it is known now. */
  entity(entity: EntityId): Entity | undefined;
  /** Where the hypervisors of an account are: those of the embedded platform are here. */
  placeOf(account: BareJid): Place;
  /** The orders on record, those of earlier runs too, the oldest first. */
  orders(): readonly Order[];
  /** The name of an entity, for confirmations. */
  nameOf(entity: EntityId): string;
  /** Puts something worth telling among the notices. */
  notify(notice: Omit<Notice, 'id' | 'at'>): void;
  /** The computer's network changed, it goes to sleep, or it woke: links are checked at once. */
  networkChanged(): void;
  suspended(): void;
  woke(): void;
}
