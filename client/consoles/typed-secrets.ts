import * as v from 'valibot';
import type { AppError } from '../../core/contract/app-error.ts';
import { err, ok, type Result } from '../../core/lib/result.ts';
import type { Keychain, Storage, StoredFile } from '../ports.ts';

const FILE: StoredFile = { format: 'typed-secrets', version: 1 };
const Names = v.array(v.string());
const MOST_NAMES = 500;

type Named = Promise<Result<readonly string[], AppError>>;

/** Secrets that can be typed in guests: their names are in a file, they themselves in the keychain. */
export class TypedSecrets {
  readonly #storage: Storage;
  readonly #keychain: Keychain;
  #names: Promise<readonly string[]> | undefined;

  constructor(storage: Storage, keychain: Keychain) {
    this.#storage = storage;
    this.#keychain = keychain;
  }

  names(): Promise<readonly string[]> {
    return (this.#names ??= this.#storage.load(FILE).then((stored) => {
      const names = v.safeParse(Names, stored.ok ? stored.value : []);
      return names.success ? names.output : [];
    }));
  }

  async get(name: string): Promise<Result<string, AppError>> {
    const kept = await this.#keychain.get(entryOf(name));
    if (!kept.ok) return kept;
    return kept.value === undefined ? err({ code: 'not-found', what: name }) : ok(kept.value);
  }

  /** Keeps a secret in place of what had that name. */
  async add(name: string, secret: string): Named {
    const kept = await this.#keychain.set(entryOf(name), secret);
    if (!kept.ok) return kept;
    const others = (await this.names()).filter((one) => one !== name);
    return this.#save([...others, name].slice(-MOST_NAMES).sort());
  }

  async forget(name: string): Named {
    const deleted = await this.#keychain.delete(entryOf(name));
    if (!deleted.ok) return deleted;
    return this.#save((await this.names()).filter((one) => one !== name));
  }

  async #save(names: readonly string[]): Named {
    this.#names = Promise.resolve(names);
    const saved = await this.#storage.save(FILE, names);
    return saved.ok ? ok(names) : saved;
  }
}

function entryOf(name: string): string {
  return `typed: ${name}`;
}
