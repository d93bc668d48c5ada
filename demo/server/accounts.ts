import { createHash, timingSafeEqual } from 'node:crypto';
import type { BareJid } from '../../core/domain/jid.ts';
import { err, ok, type Result } from '../../core/lib/result.ts';
import { accountJid } from './jid-text.ts';
import { type ScramKeys, ScramKeyStore, type ScramMechanism } from './scram-keys.ts';

export type AccountError = 'conflict' | 'item-not-found' | 'jid-malformed' | 'not-acceptable';

interface Account {
  readonly jid: BareJid;
  password: string;
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text, 'utf8').digest();
}

function isUsable(password: string): boolean {
  return password !== '' && password.length <= 1024;
}

/** The accounts of one domain, in memory only. */
export class Accounts {
  readonly #domain: string;
  readonly #accounts = new Map<BareJid, Account>();
  readonly #keys = new ScramKeyStore();

  constructor(domain: string) {
    this.#domain = domain;
  }

  /** The account that a user name stands for, whether it exists or not. */
  jidOf(node: string): BareJid | undefined {
    return accountJid(node, this.#domain);
  }

  has(jid: BareJid): boolean {
    return this.#accounts.has(jid);
  }

  /** All accounts by JID, sorted. */
  list(): BareJid[] {
    return [...this.#accounts.keys()].sort();
  }

  /** Makes an account; it fails when there is one of that name, or the name or password cannot be used. */
  register(node: string, password: string): Result<BareJid, AccountError> {
    const jid = this.jidOf(node);
    if (!jid) return err('jid-malformed');
    if (!isUsable(password)) return err('not-acceptable');
    if (this.#accounts.has(jid)) return err('conflict');
    this.#accounts.set(jid, { jid, password });
    return ok(jid);
  }

  changePassword(jid: BareJid, password: string): Result<BareJid, AccountError> {
    const account = this.#accounts.get(jid);
    if (!account) return err('item-not-found');
    if (!isUsable(password)) return err('not-acceptable');
    account.password = password;
    return ok(jid);
  }

  remove(jid: BareJid): Result<BareJid, AccountError> {
    return this.#accounts.delete(jid) ? ok(jid) : err('item-not-found');
  }

  isPassword(jid: BareJid, password: string): boolean {
    const account = this.#accounts.get(jid);
    return account !== undefined && timingSafeEqual(digest(account.password), digest(password));
  }

  /** The keys to check a SCRAM login with; undefined when there is no such account. */
  async scramKeys(jid: BareJid, mechanism: ScramMechanism): Promise<ScramKeys | undefined> {
    const account = this.#accounts.get(jid);
    return account && this.#keys.keysFor(account.password, mechanism);
  }
}
