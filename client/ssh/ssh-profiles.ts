import * as v from 'valibot';
import type { AppError } from '../../core/contract/app-error.ts';
import { type EntityId, isOfAccount } from '../../core/domain/entity.ts';
import type { BareJid } from '../../core/domain/jid.ts';
import { ok, type Result } from '../../core/lib/result.ts';
import { SshProfile } from '../../core/ssh/ssh-profile.ts';
import type { ForgetsAccounts } from '../accounts/forgets-accounts.ts';
import type { Storage, StoredFile } from '../ports.ts';

const FILE: StoredFile = { format: 'ssh-profiles', version: 1 };

/** How hypervisors are reached by SSH, as far as the user said so. No secret is among it. */
export class SshProfiles implements ForgetsAccounts {
  readonly #storage: Storage;
  #profiles: Promise<Map<string, SshProfile>> | undefined;

  constructor(storage: Storage) {
    this.#storage = storage;
  }

  /** What the user saved for a hypervisor. */
  async saved(entity: EntityId): Promise<SshProfile | undefined> {
    return (await this.#load()).get(entity);
  }

  /** Keeps a profile, or forgets it. It counts for this run even when it cannot be stored. */
  async save(
    entity: EntityId,
    profile: SshProfile | undefined,
  ): Promise<Result<undefined, AppError>> {
    const known = await this.#load();
    if (profile) known.set(entity, profile);
    else known.delete(entity);
    return this.#storage.save(FILE, Object.fromEntries(known));
  }

  /** Forgets what was kept of an account's entities. */
  async forgetAccount(account: BareJid): Promise<Result<undefined, AppError>> {
    const known = await this.#load();
    const gone = [...known.keys()].filter((entity) => isOfAccount(entity, account));
    for (const entity of gone) known.delete(entity);
    return gone.length === 0 ? ok(undefined) : this.#storage.save(FILE, Object.fromEntries(known));
  }

  /** Read once. A damaged profile is proposed anew and harms no other. */
  #load(): Promise<Map<string, SshProfile>> {
    return (this.#profiles ??= this.#storage.load(FILE).then((stored) => {
      const fields = v.safeParse(v.record(v.string(), v.unknown()), stored.ok ? stored.value : {});
      const entries = Object.entries(fields.success ? fields.output : {});
      return new Map(
        entries.flatMap(([entity, value]) => {
          const profile = v.safeParse(SshProfile, value);
          return profile.success ? [[entity, profile.output] as const] : [];
        }),
      );
    }));
  }
}
