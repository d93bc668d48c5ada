import * as v from 'valibot';
import { AccountSettings } from '../../core/contract/accounts.ts';
import type { AppError } from '../../core/contract/app-error.ts';
import type { Result } from '../../core/lib/result.ts';
import type { Storage, StoredFile } from '../ports.ts';

const FILE: StoredFile = { format: 'accounts', version: 1 };

/** An account as it is stored: never its password. */
export const StoredAccount = v.strictObject({
  settings: AccountSettings,
  /** The strongest way to log in that its server was seen with. */
  mechanism: v.optional(v.picklist(['SCRAM-SHA-256', 'SCRAM-SHA-1', 'PLAIN'])),
  /** SHA-256 of the one certificate that is accepted. */
  pin: v.optional(v.string()),
  /** What parts nested groups in its roster. */
  delimiter: v.optional(v.string()),
  /** What earlier clients kept in private storage has been looked at. */
  privateRead: v.optional(v.boolean()),
  /** A password is in the keychain. */
  hasPassword: v.boolean(),
});
export type StoredAccount = v.InferOutput<typeof StoredAccount>;

/** The accounts' file. A damaged account is left out and harms no other. */
export class StoredAccounts {
  readonly #storage: Storage;

  constructor(storage: Storage) {
    this.#storage = storage;
  }

  async load(): Promise<Result<readonly StoredAccount[], AppError>> {
    const stored = await this.#storage.load(FILE);
    if (!stored.ok) return stored;
    const list = v.safeParse(v.array(v.unknown()), stored.value ?? []);
    const accounts = (list.success ? list.output : []).flatMap((one) => {
      const account = v.safeParse(StoredAccount, one);
      return account.success ? [account.output] : [];
    });
    return { ok: true, value: accounts };
  }

  save(accounts: readonly StoredAccount[]): Promise<Result<undefined, AppError>> {
    return this.#storage.save(FILE, accounts);
  }
}
