import type { BareJid } from '../../core/domain/jid.ts';
import { err, ok, type Result } from '../../core/lib/result.ts';
import {
  isGranted,
  isPermissionName,
  permissionsOf,
  type Permission,
  type PermissionHolder,
} from '../../core/protocol/permissions.ts';
import type { StorageFault } from '../../node/storage/stored-format.ts';
import type { Grants, KeptValue } from '../store/agent-store.ts';
import type { Administrators } from './administrators.ts';

export interface GrantChange {
  readonly user: BareJid;
  readonly name: string;
  readonly isGranted: boolean;
}

/** Why grants were not changed. */
export type ChangeFailure =
  { readonly code: 'unknown-permission'; readonly name: string } | StorageFault;

/** Who may do what on one entity (protocol: permissions). */
export class PermissionBook {
  /** The permissions that exist on this entity. */
  readonly existing: readonly Permission[];
  readonly #kept: KeptValue<Grants>;
  readonly #administrators: Administrators;
  #grants: Grants = {};
  #last: Promise<unknown> = Promise.resolve();

  constructor(holder: PermissionHolder, kept: KeptValue<Grants>, administrators: Administrators) {
    this.existing = permissionsOf(holder);
    this.#kept = kept;
    this.#administrators = administrators;
  }

  async load(): Promise<Result<undefined, StorageFault>> {
    const loaded = await this.#kept.load();
    if (!loaded.ok) return loaded;
    this.#grants = loaded.value ?? {};
    return ok(undefined);
  }

  isGranted(user: BareJid, permission: string): boolean {
    const held = this.#grants[user];
    const standing = {
      isAdmin: this.isAdministrator(user),
      grants: held === undefined ? undefined : new Set(held),
    };
    return isGranted(permission, standing, this.existing);
  }

  isAdministrator(user: BareJid): boolean {
    return this.#administrators.has(user);
  }

  /** What a user was granted by name; administrators and defaults are not in it. */
  grantsOf(user: BareJid): readonly string[] {
    return this.#grants[user] ?? [];
  }

  /** Whether anything was ever granted to a user, even if it was taken back. */
  knows(user: BareJid): boolean {
    return this.#grants[user] !== undefined;
  }

  /** Applies all changes or none; the first permission that does not exist is named. */
  async change(changes: readonly GrantChange[]): Promise<Result<undefined, ChangeFailure>> {
    const unknown = changes.find((one) => one.isGranted && !isPermissionName(one.name));
    if (unknown) return err({ code: 'unknown-permission', name: unknown.name });
    const done = this.#last.then(async () => this.#apply(changes));
    this.#last = done;
    return done;
  }

  async #apply(changes: readonly GrantChange[]): Promise<Result<undefined, ChangeFailure>> {
    const next = new Map(Object.entries(this.#grants).map(([user, held]) => [user, new Set(held)]));
    for (const { user, name, isGranted: isWanted } of changes) {
      const held = next.get(user) ?? new Set<string>();
      if (isWanted) held.add(name);
      else held.delete(name);
      if (isWanted || next.has(user)) next.set(user, held);
    }
    const grants: Grants = Object.fromEntries([...next].map(([user, held]) => [user, [...held]]));
    const saved = await this.#kept.save(grants);
    if (saved.ok) this.#grants = grants;
    return saved;
  }
}
