import * as v from 'valibot';
import type { AppError } from '../../core/contract/app-error.ts';
import type { EntityId } from '../../core/domain/entity.ts';
import type { Result } from '../../core/lib/result.ts';
import type { Storage, StoredFile } from '../ports.ts';

/** What the user chose for machines, each by itself; every field of a choice may be absent. */
export class ChoicesByMachine<Choice extends object> {
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
