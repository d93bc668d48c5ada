import type { AppError } from '../../core/contract/app-error.ts';
import type { CommandInput, PlatformCommandId } from '../../core/commands/table.ts';
import type { Entity, EntityId } from '../../core/domain/entity.ts';
import type { BareJid } from '../../core/domain/jid.ts';
import { err, type Result } from '../../core/lib/result.ts';
import type { Action } from '../../core/protocol/define-action.ts';
import type { OrderOptions } from '../journal/journal.ts';
import type { SubscriptionDesk } from '../inventory/subscription-desk.ts';

type Outcome<T = undefined> = Promise<Result<T, AppError>>;

/** What a user may do with the contacts of an account; groups are nested by `::`. */
export interface ContactDesk {
  set(jid: BareJid, name: string, groups: readonly string[]): Outcome;
  /** Changes the groups of a contact as the roster has them now, and nothing else of it. */
  regroup(jid: BareJid, change: (groups: readonly string[]) => readonly string[]): Outcome;
  remove(jid: BareJid): Outcome;
  /** Removes one that is gone: now, or where the link breaks once it is back. */
  leave(jid: BareJid): Promise<void>;
  subscribe(jid: BareJid): Outcome;
  unsubscribe(jid: BareJid): Outcome;
}

/** What commands need of the account they go through. */
export interface CommandLink {
  readonly account: BareJid;
  readonly contacts: ContactDesk;
  readonly desk: Pick<SubscriptionDesk, 'expect' | 'expectSince' | 'accept' | 'refuse'>;
  /** Asks an entity, once for all who ask the same meanwhile. */
  ask<Request, Reply>(
    action: Action<Request, Reply, 'get'>,
    jid: BareJid,
    input: Request,
  ): Outcome<Reply>;
  /** Orders something, on record in the journal. */
  order<Request, Reply>(
    action: Action<Request, Reply, 'set'>,
    jid: BareJid,
    input: Request,
    options: OrderOptions,
  ): Outcome<Reply>;
  /** Asks an entity how it is, whatever is known. */
  checkNow(jid: BareJid): Outcome;
  /** From now on, what this address asks for is granted without asking the user. */
  authorise(jid: BareJid): void;
  /** Fetches what an entity says of itself. */
  refreshVcard(jid: BareJid): void;
}

/** What one item of a run is given. */
export interface CommandContext extends OrderOptions {
  link(account: BareJid): CommandLink | undefined;
  entity(id: EntityId): Entity | undefined;
  entitiesOf(account: BareJid): readonly Entity[];
}

/** What came of it; the note names what was made. */
export interface CommandDone {
  readonly note?: string;
}

export type CommandOutcome = Promise<Result<CommandDone, AppError>>;

export type CommandHandler<Id extends PlatformCommandId> = (
  context: CommandContext,
  target: Entity | undefined,
  input: CommandInput<Id>,
) => CommandOutcome;

/** One handler for every platform command: a missing one does not compile. */
export type CommandHandlers = { readonly [Id in PlatformCommandId]: CommandHandler<Id> };

/** What a command does to its target through the target's account. */
export type EntityWork<Input> = (
  parts: { readonly context: CommandContext; readonly link: CommandLink; readonly target: Entity },
  input: Input,
) => CommandOutcome;

/** A handler of a command that needs a target. */
export function onEntity<Input>(work: EntityWork<Input>) {
  return async (
    context: CommandContext,
    target: Entity | undefined,
    input: Input,
  ): CommandOutcome => {
    if (!target) return err({ code: 'not-found', what: '' });
    const link = context.link(target.account);
    if (!link) return err({ code: 'not-connected', jid: target.account });
    return work({ context, link, target }, input);
  };
}

export const DONE: Result<CommandDone, never> = { ok: true, value: {} };

/** Leaves the value out: that it was done is all there is to say. */
export async function done(outcome: Promise<Result<unknown, AppError>>): CommandOutcome {
  const settled = await outcome;
  return settled.ok ? DONE : settled;
}
