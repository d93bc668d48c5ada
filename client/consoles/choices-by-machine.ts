import * as v from 'valibot';
import type { AppError } from '../../core/contract/app-error.ts';
import { type EntityId, isOfAccount } from '../../core/domain/entity.ts';
import type { BareJid } from '../../core/domain/jid.ts';
import { ok, type Result } from '../../core/lib/result.ts';
import type { ForgetsAccounts } from '../accounts/forgets-accounts.ts';
import type { Storage, StoredFile } from '../ports.ts';

/** What the user chose for machines, each by itself; every field of a choice may be absent. */
export class ChoicesByMachine<Choice extends object> implements ForgetsAccounts {
  readonly #storage: Pick<Storage, 'load' | 'save'>;
  readonly #file: StoredFile;
  readonly #schema: v.GenericSchema<unknown, Choice>;
  #chosen: Promise<Map<string, Choice>> | undefined;

  constructor(
    storage: Pick<Storage, 'load' | 'save'>,
    file: StoredFile,
    schema: v.GenericSchema<unknown, Choice>,
  ) {
    this.#storage = storage;
    this.#file = file;
    this.#schema = schema;
  }

  async of(entity: EntityId): Promise<Partial<Choice>> {
    return (await this.#load()).get(entity) ?? {};
  }

  /** Keeps what is given beside what is known. It counts for this run even when it cannot be stored. */
  async remember(entity: EntityId, choice: Choice): Promise<Result<undefined, AppError>> {
    const chosen = await this.#load();
    chosen.set(entity, { ...chosen.get(entity), ...choice });
    return this.#storage.save(this.#file, Object.fromEntries(chosen));
  }

  /** Forgets what was kept of an account's entities. */
  async forgetAccount(account: BareJid): Promise<Result<undefined, AppError>> {
    const chosen = await this.#load();
    const gone = [...chosen.keys()].filter((entity) => isOfAccount(entity, account));
    for (const entity of gone) chosen.delete(entity);
    return gone.length === 0
      ? ok(undefined)
      : this.#storage.save(this.#file, Object.fromEntries(chosen));
  }

  /** Read once. A damaged choice is forgotten and harms no other. */
  #load(): Promise<Map<string, Choice>> {
    return (this.#chosen ??= this.#storage.load(this.#file).then((stored) => {
      const fields = v.safeParse(v.record(v.string(), v.unknown()), stored.ok ? stored.value : {});
      const entries = Object.entries(fields.success ? fields.output : {});
      return new Map(
        entries.flatMap(([entity, value]) => {
          const choice = v.safeParse(this.#schema, value);
          return choice.success ? [[entity, choice.output] as const] : [];
        }),
      );
    }));
  }
}
