import type { Account, AccountSettings } from '../../core/contract/accounts.ts';
import type { AppError } from '../../core/contract/app-error.ts';
import type { BareJid } from '../../core/domain/jid.ts';
import { err, ok, type Result } from '../../core/lib/result.ts';
import type { DemoAccount } from '../client.ts';
import { given } from '../given.ts';
import type { ConnectableSession, Keychain } from '../ports.ts';
import type { AccountConnector } from './account-connector.ts';
import { newEntry, toAccount, type AccountEntry } from './account-entry.ts';
import type { AccountLink } from './account-link.ts';
import type { StoredAccounts } from './stored-accounts.ts';

type Outcome = Promise<Result<undefined, AppError>>;

const DONE: Result<undefined, never> = ok(undefined);

export interface AccountBookDependencies {
  readonly stored: StoredAccounts;
  readonly keychain: Keychain;
  readonly connector: AccountConnector;
  readonly changed: (accounts: readonly Account[]) => void;
  /** An account is gone, with all that was known through it; what lasts was stored of it. */
  readonly forgotten: (account: BareJid, isLasting: boolean) => Promise<void>;
  readonly failed: (error: AppError) => void;
}

/** The user's accounts: what is stored of them, and their connections. */
export class AccountBook {
  readonly #own: AccountBookDependencies;
  readonly #entries = new Map<BareJid, AccountEntry>();
  #isTelling = false;

  constructor(dependencies: AccountBookDependencies) {
    this.#own = dependencies;
  }

  async load(): Promise<void> {
    const stored = await this.#own.stored.load();
    if (!stored.ok) {
      this.#own.failed(stored.error);
      return;
    }
    for (const account of stored.value) this.#entries.set(account.settings.jid, newEntry(account));
  }

  /** Connects the accounts that want it. */
  async connectAtStart(): Promise<void> {
    const wanting = [...this.#entries.values()].filter(
      ({ stored }) => stored.settings.connectAtStart,
    );
    await Promise.all(wanting.map(({ stored }) => this.connect(stored.settings.jid)));
  }

  list(): readonly Account[] {
    return [...this.#entries.values()].map(toAccount);
  }

  link(account: BareJid): AccountLink | undefined {
    return this.#entries.get(account)?.link;
  }

  links(): readonly AccountLink[] {
    return [...this.#entries.values()].flatMap(({ link }) => link ?? []);
  }

  sessions(): readonly ConnectableSession[] {
    return [...this.#entries.values()].flatMap(({ session }) => session ?? []);
  }

  entry(account: BareJid): AccountEntry | undefined {
    return this.#entries.get(account);
  }

  async add(settings: AccountSettings, password: string | undefined): Outcome {
    if (this.#entries.has(settings.jid)) return err({ code: 'already-there', what: settings.jid });
    const entry = newEntry({ settings, hasPassword: false });
    const kept = await this.#keepPassword(entry, password);
    if (!kept.ok) return kept;
    this.#entries.set(settings.jid, entry);
    return this.#save();
  }

  /** Puts another account in the place of one that never logged in, of which nothing is known. */
  async correct(from: BareJid, settings: AccountSettings, password: string | undefined): Outcome {
    const entry = this.#entries.get(from);
    if (!entry || entry.demo || entry.stored.mechanism !== undefined) {
      return err({ code: 'not-found', what: from });
    }
    const added = await this.add(settings, password);
    return added.ok ? this.remove(from) : added;
  }

  /** Takes effect at the next connection. */
  async update(settings: AccountSettings): Outcome {
    const entry = this.#entries.get(settings.jid);
    if (!entry) return err({ code: 'not-found', what: settings.jid });
    if (entry.demo) return this.#updateDemo(entry, settings);
    entry.stored = { ...entry.stored, settings };
    void entry.link?.desk.reconsider();
    if (!settings.rememberPassword && entry.stored.hasPassword) {
      const deleted = await this.#own.keychain.delete(settings.jid);
      if (!deleted.ok) return deleted;
      entry.stored = { ...entry.stored, hasPassword: false };
    }
    return this.#save();
  }

  /** How the embedded platform is reached is its own affair; whom the user trusts is not. */
  async #updateDemo(entry: AccountEntry, { authorise }: AccountSettings): Outcome {
    entry.stored = { ...entry.stored, settings: { ...entry.stored.settings, authorise } };
    void entry.link?.desk.reconsider();
    this.tell();
    return DONE;
  }

  async remove(jid: BareJid): Outcome {
    const entry = this.#entries.get(jid);
    if (!entry) return err({ code: 'not-found', what: jid });
    await this.#own.connector.disconnect(entry);
    await this.#own.connector.forget(jid);
    this.#entries.delete(jid);
    const forgotten = this.#own.forgotten(jid, entry.demo === undefined);
    const [saved] = await Promise.all([this.#save(), forgotten]);
    if (!entry.stored.hasPassword) return saved;
    const deleted = await this.#own.keychain.delete(jid);
    return deleted.ok ? saved : deleted;
  }

  async connect(jid: BareJid, password?: string): Outcome {
    const entry = this.#entries.get(jid);
    if (!entry) return err({ code: 'not-found', what: jid });
    if (password !== undefined) {
      const kept = await this.#keepPassword(entry, password);
      if (!kept.ok) return kept;
    }
    const ready = await this.#passwordReady(entry);
    if (!ready.ok) {
      // Seen in the status bar, too: nobody waits for the answer at start.
      if (!entry.session) this.#become(entry, ready.error);
      return ready;
    }
    await this.#own.connector.connect(entry, () => this.#passwordOf(entry));
    return DONE;
  }

  async disconnect(jid: BareJid): Outcome {
    const entry = this.#entries.get(jid);
    if (!entry) return err({ code: 'not-found', what: jid });
    await this.#own.connector.disconnect(entry);
    // Asked for each time means also after a disconnection.
    if (!entry.demo) entry.password = undefined;
    return DONE;
  }

  async setPassword(jid: BareJid, password: string): Outcome {
    const entry = this.#entries.get(jid);
    if (!entry) return err({ code: 'not-found', what: jid });
    const kept = await this.#keepPassword(entry, password);
    return kept.ok ? this.#save() : kept;
  }

  async trust(jid: BareJid, fingerprint: string): Outcome {
    const entry = this.#entries.get(jid);
    if (!entry) return err({ code: 'not-found', what: jid });
    entry.stored = { ...entry.stored, pin: fingerprint };
    return this.#save();
  }

  /** Remembers what was learned of an account's server. */
  async learn(
    jid: BareJid,
    facts: Partial<
      Pick<AccountEntry['stored'], 'mechanism' | 'delimiter' | 'privateRead' | 'settings'>
    >,
  ) {
    const entry = this.#entries.get(jid);
    if (!entry) return;
    entry.stored = { ...entry.stored, ...facts };
    if (entry.demo) {
      this.tell();
      return;
    }
    const saved = await this.#save();
    if (!saved.ok) this.#own.failed(saved.error);
  }

  addDemo({ settings, password, fingerprint, transport }: DemoAccount): void {
    const stored = { settings, pin: fingerprint, hasPassword: false };
    const entry = newEntry(stored, given({ transport }));
    entry.password = password;
    this.#entries.set(settings.jid, entry);
    this.tell();
    void this.connect(settings.jid);
  }

  async stop(): Promise<void> {
    const all = [...this.#entries.values()];
    await Promise.all(all.map((entry) => this.#own.connector.disconnect(entry)));
  }

  /** Tells windows, once for all that changes in one turn. */
  tell(): void {
    if (this.#isTelling) return;
    this.#isTelling = true;
    setImmediate(() => {
      this.#isTelling = false;
      this.#own.changed(this.list());
    });
  }

  #become(entry: AccountEntry, error: AppError): void {
    entry.connection = { name: 'failed', error };
    this.tell();
  }

  /** In the keychain, or for this connection alone; never anywhere else. */
  async #keepPassword(entry: AccountEntry, password: string | undefined): Outcome {
    if (password === undefined) return DONE;
    const { settings } = entry.stored;
    if (entry.demo || !settings.rememberPassword) {
      entry.password = password;
      return DONE;
    }
    const kept = await this.#own.keychain.set(settings.jid, password);
    if (!kept.ok) return kept;
    if (!entry.stored.hasPassword) {
      entry.stored = { ...entry.stored, hasPassword: true };
      if (this.#entries.has(settings.jid)) await this.#save();
    }
    return DONE;
  }

  async #passwordReady(entry: AccountEntry): Outcome {
    const { jid, rememberPassword } = entry.stored.settings;
    if (entry.password !== undefined) return DONE;
    if (!rememberPassword) return err({ code: 'password-needed', jid });
    const found = await this.#own.keychain.get(jid);
    if (!found.ok) return found;
    return found.value === undefined ? err({ code: 'password-needed', jid }) : DONE;
  }

  async #passwordOf(entry: AccountEntry): Promise<string | undefined> {
    if (entry.password !== undefined) return entry.password;
    const found = await this.#own.keychain.get(entry.stored.settings.jid);
    return found.ok ? found.value : undefined;
  }

  #save(): Outcome {
    this.tell();
    const lasting = [...this.#entries.values()].filter(({ demo }) => !demo);
    return this.#own.stored.save(lasting.map(({ stored }) => stored));
  }
}
