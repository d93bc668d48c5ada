import * as v from 'valibot';
import type { AppError } from '../../core/contract/app-error.ts';
import type { LeftOut, Run, RunItemState } from '../../core/contract/runs.ts';
import { hindranceFor, type Hindrance } from '../../core/commands/availability.ts';
import type { PlatformCommand } from '../../core/commands/define-command.ts';
import { findCommand, type PlatformCommandId } from '../../core/commands/table.ts';
import { entityId, type Entity, type EntityId } from '../../core/domain/entity.ts';
import { BareJid } from '../../core/domain/jid.ts';
import { err, ok, type Result } from '../../core/lib/result.ts';
import type { Messages } from '../../core/messages/catalogue.ts';
import type { Clock } from '../../node/xmpp/clock.ts';
import { given } from '../given.ts';
import type { JournalEntry } from '../journal/journal-entry.ts';
import type { CommandContext, CommandHandler, CommandHandlers } from './command-context.ts';
import { itemState, RunRecord, type RunTarget } from './run-record.ts';

const AT_ONCE = 16;
const HISTORY = 200;
/** Many items change at once; windows are told of all of them together. */
const TELL_AFTER_MS = 30;

export interface RunKeeperDependencies {
  readonly handlers: CommandHandlers;
  readonly clock: Clock;
  readonly createId: () => string;
  readonly messages: () => Messages;
  readonly context: Omit<CommandContext, 'run' | 'subject' | 'signal'>;
  readonly changed: (run: Run) => void;
  /** A run began without some of those that were selected. */
  readonly leftOut: (run: Run) => void;
  /** An item came to its end, also one whose outcome was found out later. */
  readonly ended: (run: string, entity: EntityId, state: RunItemState) => void;
  readonly report: (cause: unknown) => string;
}

export interface RunRequest {
  readonly command: string;
  readonly targets: readonly EntityId[];
  readonly input: Readonly<Record<string, unknown>>;
  /** Of the same selection, those that could not take the command. */
  readonly leftOut?: readonly EntityId[] | undefined;
}

type AnyHandler = CommandHandler<PlatformCommandId>;

/** Commands given to one or many entities, item by item, and what came of each. */
export class RunKeeper {
  readonly #own: RunKeeperDependencies;
  readonly #runs = new Map<string, RunRecord>();
  readonly #untold = new Set<RunRecord>();

  constructor(dependencies: RunKeeperDependencies) {
    this.#own = dependencies;
  }

  start(request: RunRequest): Result<{ readonly id: string }, AppError> {
    const command = findCommand(request.command);
    if (command?.surface !== 'platform') return err({ code: 'not-found', what: request.command });
    const input = v.safeParse(command.input, request.input);
    if (!input.success) return err({ code: 'invalid-input', detail: v.summarize(input.issues) });
    const targets = this.#targets(command, request);
    if (!targets.ok) return targets;
    const values = input.output as Readonly<Record<string, unknown>>;
    const { createId, clock } = this.#own;
    const leftOut = this.#leftOut(command, request.leftOut ?? []);
    const run = new RunRecord(createId(), command, values, targets.value, clock.now(), leftOut);
    this.#keep(run);
    if (leftOut.length > 0) this.#own.leftOut(run.toRun());
    void this.#work(run);
    return ok({ id: run.id });
  }

  retry(id: string): Result<{ readonly id: string }, AppError> {
    const run = this.#runs.get(id);
    const failed = run?.failed() ?? [];
    if (!run || failed.length === 0) return err({ code: 'not-found', what: id });
    return this.start({
      command: run.command.id,
      targets: run.command.kinds.length === 0 ? [] : failed.map((one) => one.id),
      input: run.input,
    });
  }

  cancel(id: string): Result<undefined, AppError> {
    const run = this.#runs.get(id);
    if (!run) return err({ code: 'not-found', what: id });
    run.abort.abort();
    return ok(undefined);
  }

  list(): readonly Run[] {
    return [...this.#runs.values()].map((run) => run.toRun());
  }

  /** The journal found out what came of an order whose answer was lost. */
  settled({ run: id, subject, state, error }: JournalEntry): void {
    const run = this.#runs.get(id ?? '');
    if (!run || !subject) return;
    const index = run.indexOf(subject);
    if (run.state(index)?.name !== 'unknown') return;
    const at = this.#own.clock.now();
    if (state === 'done') this.#become(run, index, { name: 'done', at });
    if (state === 'failed' && error) this.#become(run, index, { name: 'failed', at, error });
  }

  #targets(
    command: PlatformCommand,
    { targets, input }: RunRequest,
  ): Result<readonly RunTarget[], AppError> {
    if (command.kinds.length === 0) return this.#accountTarget(input);
    if (targets.length === 0) return err({ code: 'invalid-input', detail: 'no target' });
    if (targets.length > 1 && !command.bulk) {
      const reason = this.#own.messages().hindrance({ code: 'one-target' });
      return err({ code: 'not-allowed-now', reason });
    }
    return ok([...new Set(targets)].map((id) => this.#targetOf(id)));
  }

  /** Commands without a target name a contact of an account in their input. */
  #accountTarget(input: RunRequest['input']): Result<readonly RunTarget[], AppError> {
    const named = v.safeParse(v.object({ account: BareJid, jid: BareJid }), input);
    if (!named.success) return err({ code: 'invalid-input', detail: 'account and jid' });
    const { account, jid } = named.output;
    return ok([{ id: entityId(account, jid), name: jid, jid }]);
  }

  /** Why each of them was not given the command, in the order of the first of each reason. */
  #leftOut(command: PlatformCommand, ids: readonly EntityId[]): readonly LeftOut[] {
    const byReason = new Map<string, { hindrance: Hindrance | undefined; names: string[] }>();
    for (const id of new Set(ids)) {
      const entity = this.#own.context.entity(id);
      if (!entity) continue;
      const hindrance = hindranceFor(command, entity);
      const key = JSON.stringify(hindrance);
      const same = byReason.get(key) ?? { hindrance, names: [] };
      same.names.push(entity.name);
      byReason.set(key, same);
    }
    return [...byReason.values()].map(({ hindrance, names }) => ({
      names,
      ...given({ hindrance }),
    }));
  }

  #targetOf(id: EntityId): RunTarget {
    const entity = this.#own.context.entity(id);
    const jid = entity?.jid ?? id.slice(id.indexOf('>') + 1);
    return { id, name: entity?.name ?? jid, jid };
  }

  #keep(run: RunRecord): void {
    this.#runs.set(run.id, run);
    const [oldest = ''] = this.#runs.keys();
    if (this.#runs.size > HISTORY) this.#runs.delete(oldest);
    this.#tell(run);
  }

  async #work(run: RunRecord): Promise<void> {
    let next = 0;
    const worker = async () => {
      while (next < run.size) {
        const index = next;
        next += 1;
        await this.#item(run, index);
      }
    };
    await Promise.all(Array.from({ length: Math.min(AT_ONCE, run.size) }, worker));
    run.forgetPassword();
  }

  async #item(run: RunRecord, index: number): Promise<void> {
    const { clock } = this.#own;
    const target = run.target(index);
    if (!target) return;
    if (run.abort.signal.aborted) {
      this.#become(run, index, { name: 'cancelled', at: clock.now() });
      return;
    }
    this.#become(run, index, { name: 'sent', at: clock.now() });
    const outcome = await this.#perform(run, target);
    this.#become(run, index, itemState(outcome, clock.now()));
  }

  async #perform({ command, input, id, abort }: RunRecord, target: RunTarget) {
    const { context, handlers, report } = this.#own;
    const entity = command.kinds.length === 0 ? undefined : context.entity(target.id);
    const refusal = command.kinds.length === 0 ? undefined : this.#refusal(command, target, entity);
    if (refusal) return err(refusal);
    // The input was read with the very schema that types this handler's input.
    const handler = handlers[command.id as PlatformCommandId];
    try {
      return await (handler as AnyHandler)(
        { ...context, run: id, subject: target.id, signal: abort.signal },
        entity,
        input,
      );
    } catch (cause) {
      return err({ code: 'internal', reportId: report(cause) } as const);
    }
  }

  /** Windows grey what is not possible; here it is decided. */
  #refusal(command: PlatformCommand, target: RunTarget, entity: Entity | undefined) {
    if (!entity) return { code: 'not-found', what: target.name } as const;
    const hindrance = hindranceFor(command, entity);
    if (!hindrance) return undefined;
    if (hindrance.code === 'offline') return { code: 'offline', entity: entity.name } as const;
    const reason = this.#own.messages().hindrance(hindrance);
    return { code: 'not-allowed-now', reason } as const;
  }

  #become(run: RunRecord, index: number, state: RunItemState): void {
    run.setState(index, state);
    this.#tell(run);
    const target = run.target(index);
    const isEnd = state.name !== 'waiting' && state.name !== 'sent';
    if (isEnd && target) this.#own.ended(run.id, target.id, state);
  }

  #tell(run: RunRecord): void {
    if (this.#untold.has(run)) return;
    this.#untold.add(run);
    this.#own.clock.after(TELL_AFTER_MS, () => {
      this.#untold.delete(run);
      this.#own.changed(run.toRun());
    });
  }
}
