import * as v from 'valibot';
import type { AppError } from '../../core/contract/app-error.ts';
import { EntityId, isOfAccount } from '../../core/domain/entity.ts';
import type { BareJid } from '../../core/domain/jid.ts';
import { ok, type Result } from '../../core/lib/result.ts';
import type { RfbCredentials } from '../../node/rfb/rfb-options.ts';
import type { ForgetsAccounts } from '../accounts/forgets-accounts.ts';
import type { Keychain, Storage, StoredFile } from '../ports.ts';

const FILE: StoredFile = { format: 'screen-passwords', version: 1 };
const Machines = v.array(EntityId);

/** What is kept for a screen; the user's name only for a server that asked for one. */
export interface ScreenCredentials extends RfbCredentials {
  readonly password: string;
}

/**
 * Passwords of screens, and the names that go with them: whose there are is in a file, they themselves
 * are in the keychain.
 */
export class ScreenPasswords implements ForgetsAccounts {
  readonly #storage: Pick<Storage, 'load' | 'save'>;
  readonly #keychain: Keychain;
  #machines: Promise<Set<EntityId>> | undefined;

  constructor(storage: Pick<Storage, 'load' | 'save'>, keychain: Keychain) {
    this.#storage = storage;
    this.#keychain = keychain;
  }

  /** The password of a machine's screen, where one is kept and can be read. */
  async of(machine: EntityId): Promise<ScreenCredentials | undefined> {
    const kept = await this.#keychain.get(secretOf(machine));
    // Without a keychain the screen itself says that it wants a password.
    if (!kept.ok || kept.value === undefined) return undefined;
    const named = await this.#keychain.get(userOf(machine));
    const password = kept.value;
    return named.ok && named.value !== undefined
      ? { username: named.value, password }
      : { password };
  }

  /**
   * Takes the place of what was kept, a user's name included. Where it fails on the way nothing is kept,
   * rather than a new name with an old password; the file names whatever the keychain may hold.
   */
  async keep(
    machine: EntityId,
    { username, password }: ScreenCredentials,
  ): Promise<Result<undefined, AppError>> {
    const named = await this.#name(machine);
    if (!named.ok) return named;
    const emptied = await this.#empty(machine);
    if (!emptied.ok) return emptied;
    if (username !== undefined) {
      const kept = await this.#keychain.set(userOf(machine), username);
      if (!kept.ok) return kept;
    }
    return this.#keychain.set(secretOf(machine), password);
  }

  /** What the keychain does not give up stays named, so that it is not lost sight of. */
  async forgetAccount(account: BareJid): Promise<Result<undefined, AppError>> {
    const machines = await this.#load();
    for (const machine of [...machines].filter((one) => isOfAccount(one, account))) {
      const emptied = await this.#empty(machine);
      if (!emptied.ok) return emptied;
      machines.delete(machine);
      const saved = await this.#save(machines);
      if (!saved.ok) return saved;
    }
    return ok(undefined);
  }

  /** The file has it before the keychain does. */
  async #name(machine: EntityId): Promise<Result<undefined, AppError>> {
    const machines = await this.#load();
    if (machines.has(machine)) return ok(undefined);
    const saved = await this.#save(new Set([...machines, machine]));
    if (saved.ok) machines.add(machine);
    return saved;
  }

  /** The password first: without it nothing is read. */
  async #empty(machine: EntityId): Promise<Result<undefined, AppError>> {
    for (const name of [secretOf(machine), userOf(machine)]) {
      const deleted = await this.#keychain.delete(name);
      if (!deleted.ok) return deleted;
    }
    return ok(undefined);
  }

  #save(machines: ReadonlySet<EntityId>): Promise<Result<undefined, AppError>> {
    return this.#storage.save(FILE, [...machines]);
  }

  /** Read once. */
  #load(): Promise<Set<EntityId>> {
    return (this.#machines ??= this.#storage.load(FILE).then((stored) => {
      const machines = v.safeParse(Machines, stored.ok ? stored.value : []);
      return new Set(machines.success ? machines.output : []);
    }));
  }
}

function secretOf(machine: EntityId): string {
  return `screen of ${machine}`;
}

function userOf(machine: EntityId): string {
  return `user at the screen of ${machine}`;
}
