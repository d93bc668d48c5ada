import type { Activity } from '../core/contract/app.ts';
import type { AppError } from '../core/contract/app-error.ts';
import type { Settings } from '../core/contract/settings.ts';
import type { Entity, EntityId } from '../core/domain/entity.ts';
import type { BareJid } from '../core/domain/jid.ts';
import { err, type Result } from '../core/lib/result.ts';
import { messagesFor } from '../core/messages/catalogue.ts';
import { type Action, isKind } from '../core/protocol/define-action.ts';
import { StoredAccounts } from './accounts/stored-accounts.ts';
import { AccountBook } from './accounts/account-book.ts';
import { AccountConnector } from './accounts/account-connector.ts';
import { AccountKeepers } from './accounts/forgets-accounts.ts';
import { ActivityMeter } from './activity-meter.ts';
import { avatarPicture } from './avatars.ts';
import type { Audience, Client, ClientHandlers, DemoAccount } from './client.ts';
import { clientHandlers } from './client-handlers.ts';
import { carryOn } from './commands/carry-on.ts';
import { makeRunKeeper } from './commands/make-run-keeper.ts';
import type { RunKeeper } from './commands/run-keeper.ts';
import { type Place, placeOfAccount } from './consoles/place.ts';
import { DiskCache, type DiskCacheOptions } from './disk-cache.ts';
import { CachedInfo } from './inventory/agent-info.ts';
import { InventoryCache } from './inventory/inventory-cache.ts';
import { Inventory } from './inventory/inventory.ts';
import { CachedVcard } from './inventory/vcard-keeper.ts';
import { Journal } from './journal/journal.ts';
import { isOpen, type JournalEntry } from './journal/journal-entry.ts';
import { Reconciler } from './journal/reconciler.ts';
import { linkEvents } from './link-events.ts';
import { LogPushes, type LogPushListener } from './logs/log-pushes.ts';
import { NoticeBoard } from './notices/notice-board.ts';
import type { Ports } from './ports.ts';
import { QueryHub } from './queries/query-hub.ts';
import { SettingsKeeper } from './settings/settings-keeper.ts';
import type { LimitWatch } from './statistics/limit-watch.ts';
import { makeStatistics } from './statistics/make-statistics.ts';
import type { StatisticsDesk } from './statistics/statistics-desk.ts';
import { StanzaRecorder } from './stanzas/stanza-recorder.ts';

/** The application without a window: puts its parts together and keeps them from knowing each other. */
export class Application implements Client {
  readonly handlers: ClientHandlers;
  readonly settings: SettingsKeeper;
  readonly notices: NoticeBoard;
  readonly inventory: Inventory;
  readonly accounts: AccountBook;
  readonly keepers = new AccountKeepers((error) => this.failed(error));
  readonly queries: QueryHub;
  readonly runs: RunKeeper;
  readonly statistics: StatisticsDesk;
  readonly logPushes: LogPushes;
  readonly recorder: StanzaRecorder;
  readonly journal: Journal;
  readonly reconciler: Reconciler;
  readonly meter: ActivityMeter;
  readonly known: Client['known'] = (...given) => this.queries.answer(...given);
  readonly #ports: Ports;
  readonly #audience: Audience;
  readonly #caches: readonly [DiskCache<CachedVcard>, DiskCache<CachedInfo>];
  readonly #inventoryCache: InventoryCache;
  readonly #limits: LimitWatch;
  /** Windows that mirror the inventory. */
  readonly #mirrors = new Set<number>();

  constructor(ports: Ports, audience: Audience) {
    this.#ports = ports;
    this.#audience = audience;
    const { everyone } = audience;
    const { storage, clock, report } = ports;
    const failed = (error: AppError): void => this.failed(error);
    this.#caches = [this.#cache('vcards', CachedVcard), this.#cache('agents', CachedInfo)];
    this.notices = new NoticeBoard(clock, everyone.notices.added);
    this.settings = new SettingsKeeper({ storage, failed, changed: (now) => this.#adopt(now) });
    this.recorder = new StanzaRecorder((id, records) => audience.window(id).stanzas.added(records));
    this.inventory = new Inventory({ clock, report, announce: (delta) => this.#published(delta) });
    this.#inventoryCache = new InventoryCache({
      storage,
      clock,
      failed,
      entities: () => this.inventory.entities().filter(({ account }) => this.#isLasting(account)),
    });
    this.journal = new Journal({
      storage,
      format: ports.journal ?? 'journal',
      clock,
      createId: ports.createId,
      failed,
      changed: (entry) => this.#journalChanged(entry),
    });
    this.queries = new QueryHub({
      clock,
      link: (account) => this.accounts.link(account),
      announce: (id, key, state) => audience.window(id).queries.changed({ key, state }),
    });
    const link = (account: BareJid) => this.#onlineLink(account);
    ({ desk: this.statistics, limits: this.#limits } = makeStatistics(this, {
      ...{ clock, link },
      announce: (id, samples) => audience.window(id).statistics.sampled(samples),
    }));
    this.logPushes = new LogPushes({ clock, link, find: (id) => this.inventory.entity(id) });
    this.accounts = this.#accountBook(...this.#caches);
    this.runs = makeRunKeeper(this, ports, { link, changed: everyone.runs.changed });
    this.reconciler = this.#makeReconciler();
    this.meter = new ActivityMeter(this);
    this.handlers = clientHandlers(this);
  }

  async start(): Promise<void> {
    await Promise.all([
      this.settings.load(),
      this.accounts.load(),
      this.journal.load(),
      ...this.#caches.map((cache) => cache.load()),
    ]);
    const cached = await this.#inventoryCache.load();
    const known = cached?.entities.filter(({ account }) => this.accounts.entry(account)) ?? [];
    if (cached) this.inventory.restore(known, cached.savedAt);
    this.inventory.flush();
    this.#limits.adjust();
    // A server that does not answer must not hold up the first window.
    void this.accounts.connectAtStart();
  }

  async stop(): Promise<void> {
    await this.#inventoryCache.close();
    await this.accounts.stop();
    this.reconciler.stop();
    await Promise.all(this.#caches.map((cache) => cache.flush()));
  }

  windowClosed(windowId: number): void {
    this.queries.windowClosed(windowId);
    this.statistics.windowClosed(windowId);
    this.recorder.close(windowId);
    this.#mirrors.delete(windowId);
  }

  windowShown(windowId: number, isVisible: boolean): void {
    this.queries.windowShown(windowId, isVisible);
    this.statistics.windowShown(windowId, isVisible);
  }

  /** From now on the window hears of every change of the inventory. */
  mirror(windowId: number): void {
    this.#mirrors.add(windowId);
  }

  avatar(hash: string): Promise<Uint8Array | undefined> {
    return avatarPicture(hash, this.#ports.pictures, this.inventory, this.accounts);
  }

  addDemo(account: DemoAccount): void {
    this.accounts.addDemo(account);
  }

  async removeDemo(jid: BareJid): Promise<void> {
    if (this.accounts.entry(jid)?.demo) await this.accounts.remove(jid);
  }

  activity(): Activity {
    return this.meter.read(this.#ports.clock.now());
  }

  async call(id: EntityId, action: Action, input: unknown): Promise<Result<unknown, AppError>> {
    const entity = this.inventory.entity(id);
    if (!entity) return err({ code: 'not-found', what: this.nameOf(id) });
    const link = this.#onlineLink(entity.account);
    if (!link) return err({ code: 'not-connected', jid: entity.account });
    if (isKind(action, 'get')) {
      return link.ask(action, entity.jid, input, { cause: 'command', priority: 'user' });
    }
    const run = this.#ports.createId();
    const { signal } = new AbortController();
    return isKind(action, 'set')
      ? link.order(action, entity.jid, input, { run, subject: id, signal })
      : err({ code: 'not-found', what: action.name });
  }

  followLog(entity: EntityId, listener: LogPushListener): () => void {
    return this.logPushes.follow(entity, listener);
  }

  entities(): readonly Entity[] {
    return this.inventory.entities();
  }

  entity(entity: EntityId): Entity | undefined {
    return this.inventory.entity(entity);
  }

  placeOf(account: BareJid): Place {
    return placeOfAccount(this.accounts.entry(account));
  }

  orders(): readonly JournalEntry[] {
    return this.journal.entries;
  }

  nameOf(entity: EntityId): string {
    return this.inventory.entity(entity)?.name ?? entity.slice(entity.indexOf('>') + 1);
  }

  networkChanged(): void {
    for (const session of this.accounts.sessions()) session.networkChanged();
  }

  suspended(): void {
    for (const session of this.accounts.sessions()) session.suspended();
  }

  woke(): void {
    for (const session of this.accounts.sessions()) session.woke();
  }

  notify(notice: Parameters<NoticeBoard['add']>[0]): void {
    this.notices.add(notice);
  }

  /** Says what went wrong outside of any command. */
  failed(error: AppError): void {
    const { title, hint } = messagesFor(this.settings.current.language).describeError(error);
    this.notices.add({ level: 'error', title, hint, error });
  }

  #cache<T>(format: string, schema: DiskCacheOptions<T>['schema']): DiskCache<T> {
    const { storage, clock } = this.#ports;
    const file = { format, version: 1 };
    return new DiskCache({ storage, clock, file, schema, failed: (error) => this.failed(error) });
  }

  #accountBook(vcards: DiskCache<CachedVcard>, infos: DiskCache<CachedInfo>): AccountBook {
    const { inventory, recorder } = this;
    const shared = { ports: this.#ports, inventory, causes: recorder.causes, vcards, infos };
    const connector = new AccountConnector({
      shared,
      journal: this.journal,
      recorder: this.recorder,
      events: (account) => linkEvents(account, this),
      learned: (account, facts) => void this.accounts.learn(account, facts),
      changed: ({ stored, connection }) => {
        this.accounts.tell();
        const { jid } = stored.settings;
        if (connection.name === 'online') return;
        this.queries.accountOffline(jid, { code: 'not-connected', jid });
        this.statistics.accountOffline(jid);
        this.logPushes.accountOffline(jid);
      },
    });
    return new AccountBook({
      stored: new StoredAccounts(this.#ports.storage),
      keychain: this.#ports.keychain,
      connector,
      changed: this.#audience.everyone.accounts.changed,
      forgotten: async (account, isLasting) => {
        this.inventory.forgetAccount(account);
        this.queries.forgetAccount(account);
        vcards.deleteAll(`${account}>`);
        if (isLasting) await this.keepers.forget(account);
      },
      failed: (error) => this.failed(error),
    });
  }

  #adopt(settings: Settings): void {
    this.#audience.everyone.settings.changed(settings);
    this.#limits.adjust();
  }

  #makeReconciler(): Reconciler {
    return new Reconciler({
      journal: this.journal,
      clock: this.#ports.clock,
      asker: (account) => this.#onlineLink(account),
      nameOf: (entry) => this.inventory.nameOf(entry.account, entry.jid),
      carriedOut: (found) => carryOn(found, this.accounts.link(found.entry.account)),
      report: (cause) => void this.#ports.report(cause),
    });
  }

  #onlineLink(account: BareJid) {
    const entry = this.accounts.entry(account);
    return entry?.connection.name === 'online' ? entry.link : undefined;
  }

  #isLasting(account: BareJid): boolean {
    const entry = this.accounts.entry(account);
    return entry !== undefined && !entry.demo;
  }

  #journalChanged(entry: JournalEntry): void {
    this.runs.settled(entry);
    if (entry.state === 'unknown' && isOpen(entry)) this.reconciler.follow(entry);
  }

  #published(delta: Parameters<Audience['everyone']['inventory']['changed']>[0]): void {
    this.#inventoryCache.changed();
    this.meter.changed(delta.changed.length + delta.removed.length, this.#ports.clock.now());
    for (const windowId of this.#mirrors) this.#audience.window(windowId).inventory.changed(delta);
  }
}
