import type { AppError } from '../../core/contract/app-error.ts';
import type { Entity } from '../../core/domain/entity.ts';
import type { BareJid } from '../../core/domain/jid.ts';
import type { Result } from '../../core/lib/result.ts';
import type { MODULES } from '../../core/protocol/all-actions.ts';
import type { Action, RequestOf } from '../../core/protocol/define-action.ts';
import type { Vcard } from '../../core/protocol/vcard.ts';

/** How evidence is found: the questions that may be asked. */
export interface Asker {
  /** The account that asks. */
  readonly account: BareJid;
  ask<Request, Reply>(
    action: Action<Request, Reply, 'get'>,
    jid: BareJid,
    input: Request,
  ): Promise<Result<Reply, AppError>>;
  /** What the tags node holds of an entity now. */
  tagsOf(jid: BareJid): Promise<Result<readonly string[], AppError>>;
  vcardOf(jid: BareJid): Promise<Result<Vcard, AppError>>;
  entity(jid: BareJid): Entity | undefined;
  hypervisorOf(jid: BareJid): BareJid | undefined;
}

/** What evidence says. `cannot-tell`: asking again would not help. */
export type Finding = 'done' | 'failed' | 'cannot-tell';

/** An order whose outcome is to be found out. */
export interface Order<Request> {
  readonly jid: BareJid;
  readonly input: Request;
  readonly baseline: unknown;
}

/** How it is found out whether an order was carried out, without giving it again. */
export interface Evidence<Request> {
  /** Looks before the order is sent, where the state after it does not tell enough. */
  baseline?(asker: Asker, jid: BareJid, input: Request): Promise<unknown>;
  /** An error means that the question itself failed and is to be asked again later. */
  find(asker: Asker, order: Order<Request>): Promise<Result<Finding, AppError>>;
}

type Modules = typeof MODULES;
type SetNames<Group> = {
  [N in keyof Group]: Group[N] extends { readonly kind: 'set' } ? N : never;
}[keyof Group];

/** Evidence for every order of the protocol: one that lacks it does not compile. */
export type EvidenceTable = {
  readonly [M in keyof Modules as [SetNames<Modules[M]>] extends [never] ? never : M]: {
    readonly [N in SetNames<Modules[M]>]: Evidence<RequestOf<Modules[M][N]>>;
  };
};
