import type { AppError } from '../../core/contract/app-error.ts';
import type { BareJid } from '../../core/domain/jid.ts';
import type { Result } from '../../core/lib/result.ts';

/** What keeps something of the entities of accounts, and gives it up with the account. */
export interface ForgetsAccounts {
  forgetAccount(account: BareJid): Promise<Result<undefined, AppError>>;
}

/** Those who keep something of the entities of accounts, told of each that the user removes. */
export class AccountKeepers {
  readonly #keepers: ForgetsAccounts[] = [];
  readonly #failed: (error: AppError) => void;

  constructor(failed: (error: AppError) => void) {
    this.#failed = failed;
  }

  add(...keepers: readonly ForgetsAccounts[]): void {
    this.#keepers.push(...keepers);
  }

  /** Resolves once an account is forgotten everywhere, or it was said where it is not. */
  async forget(account: BareJid): Promise<void> {
    const outcomes = await Promise.all(this.#keepers.map((one) => one.forgetAccount(account)));
    for (const outcome of outcomes) if (!outcome.ok) this.#failed(outcome.error);
  }
}
