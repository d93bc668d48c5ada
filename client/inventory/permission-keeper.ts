import type { AppError } from '../../core/contract/app-error.ts';
import type { BareJid } from '../../core/domain/jid.ts';
import type { Result } from '../../core/lib/result.ts';
import { readAdminAccount } from '../../core/protocol/admin-account.ts';
import { permissionActions } from '../../core/protocol/permission-actions.ts';
import { ADMINS_NODE } from '../../core/protocol/pubsub-nodes.ts';
import { permissionTargets, type Push } from '../../core/protocol/push.ts';
import type { Pubsub } from '../../node/xmpp/pubsub.ts';
import type { OwnPermissions, RequestEngine } from '../requests/request-engine.ts';
import type { AccountView } from './account-view.ts';

export interface PermissionKeeperDependencies {
  readonly engine: Pick<RequestEngine, 'ask'>;
  readonly pubsub: Pubsub;
  readonly view: AccountView;
}

/**
 * Own permissions on each entity: asked for when first needed, again when the entity says that they
 * changed. The list of administrators is read once a log-in, when the first permission is needed.
 */
export class PermissionKeeper {
  readonly #own: PermissionKeeperDependencies;
  readonly #known = new Map<BareJid, Promise<OwnPermissions>>();
  #isAdmin: Promise<boolean> | undefined;

  constructor(dependencies: PermissionKeeperDependencies) {
    this.#own = dependencies;
  }

  /** A new log-in: what was known may have changed unheard. */
  forget(): void {
    this.#known.clear();
    this.#isAdmin = undefined;
  }

  get(jid: BareJid): Promise<OwnPermissions> {
    const known = this.#known.get(jid);
    if (known) return known;
    const asking = this.#ask(jid).then((permissions) => {
      if (permissions === undefined) this.#known.delete(jid);
      this.#own.view.learnKnown(jid, { permissions: permissions ?? 'unknown' });
      return permissions ?? 'unknown';
    });
    this.#known.set(jid, asking);
    return asking;
  }

  /** Asks again where permissions of ours may have changed. */
  pushed({ owner, topic, change }: Push): void {
    if (topic !== 'permissions' || !this.#known.has(owner)) return;
    const targets = permissionTargets(change);
    if (targets && !targets.includes(this.#own.view.account)) return;
    this.#known.delete(owner);
    void this.get(owner);
  }

  /** An entity refused although nothing was known against it: that permission is not held. */
  denied(jid: BareJid, permission: string): void {
    const permissions = this.#own.view.facts(jid)?.permissions;
    // Not known by name: one refusal says nothing of the others, and the agent goes on to decide.
    if (!isList(permissions)) return;
    const rest = permissions.filter((one) => one !== permission && one !== 'all');
    this.#known.set(jid, Promise.resolve(rest));
    this.#own.view.learnKnown(jid, { permissions: rest });
  }

  async #ask(jid: BareJid): Promise<OwnPermissions | undefined> {
    if (await this.#amAdmin()) return 'all';
    const held = await this.#getOwn(jid);
    if (!held.ok) return undefined;
    const names = held.value.map((one) => one.name);
    if (names.includes('all')) return 'all';
    // Administrators from an agent's configuration hold nothing by name: then the agent decides.
    return names.length === 0 ? 'unknown' : names;
  }

  #getOwn(jid: BareJid): Promise<Result<readonly { readonly name: string }[], AppError>> {
    const input = { type: 'user', user: this.#own.view.account } as const;
    return this.#own.engine.ask(permissionActions.getown, jid, input, { cause: 'permissions' });
  }

  #amAdmin(): Promise<boolean> {
    return (this.#isAdmin ??= this.#readAdmins());
  }

  async #readAdmins(): Promise<boolean> {
    return (await this.administrators()).includes(this.#own.view.account);
  }

  /** The platform's administrators, who may everything; none where the server does not tell. */
  async administrators(): Promise<readonly BareJid[]> {
    const page = await this.#own.pubsub.items(ADMINS_NODE);
    if (!page.ok) return [];
    return page.value.items.flatMap(({ payload }) => {
      const admin = payload && readAdminAccount(payload);
      return admin?.ok === true ? [admin.value] : [];
    });
  }
}

function isList(permissions: OwnPermissions | undefined): permissions is readonly string[] {
  return Array.isArray(permissions);
}
