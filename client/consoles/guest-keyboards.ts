import * as v from 'valibot';
import type { AppError } from '../../core/contract/app-error.ts';
import { GuestKeyboard } from '../../core/contract/typing.ts';
import type { EntityId } from '../../core/domain/entity.ts';
import type { Result } from '../../core/lib/result.ts';
import type { Storage, StoredFile } from '../ports.ts';

const FILE: StoredFile = { format: 'guest-keyboards', version: 1 };

/** What the user chose for the keyboards of guests. */
export class GuestKeyboards {
  readonly #storage: Storage;
  #chosen: Promise<Map<string, GuestKeyboard>> | undefined;

  constructor(storage: Storage) {
    this.#storage = storage;
  }

  async of(entity: EntityId): Promise<GuestKeyboard> {
    return (await this.#load()).get(entity) ?? {};
  }

  /** Keeps what is given beside what is known. It counts for this run even when it cannot be stored. */
  async remember(entity: EntityId, keyboard: GuestKeyboard): Promise<Result<undefined, AppError>> {
    const chosen = await this.#load();
    chosen.set(entity, { ...chosen.get(entity), ...keyboard });
    return this.#storage.save(FILE, Object.fromEntries(chosen));
  }

  /** Read once. A damaged choice is forgotten and harms no other. */
  #load(): Promise<Map<string, GuestKeyboard>> {
    return (this.#chosen ??= this.#storage.load(FILE).then((stored) => {
      const fields = v.safeParse(v.record(v.string(), v.unknown()), stored.ok ? stored.value : {});
      const entries = Object.entries(fields.success ? fields.output : {});
      return new Map(
        entries.flatMap(([entity, value]) => {
          const keyboard = v.safeParse(GuestKeyboard, value);
          return keyboard.success ? [[entity, keyboard.output] as const] : [];
        }),
      );
    }));
  }
}
