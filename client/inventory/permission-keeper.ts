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

interface Asked {
  /** Undefined: there was none. */
  readonly answer: Promise<OwnPermissions | undefined>;
  /** What is held as far as is known when it resolves. */
  readonly held: Promise<OwnPermissions>;
}

/**
 * Own permissions on each entity: asked for when first needed, again when the entity says that they
 * changed. The list of administrators is read once a log-in, when the first permission is needed.
 */
export class PermissionKeeper {
  readonly #own: PermissionKeeperDependencies;
  readonly #known = new Map<BareJid, Asked>();
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
    return (this.#known.get(jid) ?? this.#learn(jid, this.#ask(jid))).held;
  }

  /** Takes an answer in, unless another question was asked since: then that one's counts. */
  #learn(jid: BareJid, answer: Promise<OwnPermissions | undefined>): Asked {
    const held = answer.then((permissions) => {
      const newest = this.#known.get(jid);
      if (newest !== undefined && newest !== asked) return newest.held;
      if (permissions === undefined) this.#known.delete(jid);
      this.#own.view.learnKnown(jid, { permissions: permissions ?? 'unknown' });
      return permissions ?? 'unknown';
    });
    const asked: Asked = { answer, held };
    this.#known.set(jid, asked);
    return asked;
  }

  /** Asks again where permissions of ours may have changed. */
  pushed({ owner, topic, change }: Push): void {
    const known = this.#known.get(owner);
    if (topic !== 'permissions' || !known) return;
    const targets = permissionTargets(change);
    if (targets && !targets.includes(this.#own.view.account)) return;
    // A question on its way may be answered with what was so before: it is asked again after it.
    const again = known.answer.then(() => this.#ask(owner));
    this.#learn(owner, again);
  }

  /** An entity refused although nothing was known against it: that permission is not held. */
  denied(jid: BareJid, permission: string): void {
    const permissions = this.#own.view.facts(jid)?.permissions;
    // Not known by name: one refusal says nothing of the others, and the agent goes on to decide.
    if (!isList(permissions)) return;
    const rest = permissions.filter((one) => one !== permission && one !== 'all');
    const held = Promise.resolve(rest);
    this.#known.set(jid, { answer: held, held });
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
