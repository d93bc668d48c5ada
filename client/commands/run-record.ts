import type { AppError } from '../../core/contract/app-error.ts';
import type { LeftOut, Run, RunItem, RunItemState } from '../../core/contract/runs.ts';
import type { PlatformCommand } from '../../core/commands/define-command.ts';
import { namedWithin } from '../../core/commands/table.ts';
import type { EntityId } from '../../core/domain/entity.ts';
import type { Result } from '../../core/lib/result.ts';
import { given } from '../given.ts';
import { isUncertain } from '../journal/journal.ts';
import type { CommandDone } from './command-context.ts';
import { commandLine } from './command-line.ts';

/** Whom one item of a run is about, and what it is called. */
export interface RunTarget {
  readonly id: EntityId;
  readonly name: string;
  /** As it is typed in a shell. */
  readonly jid: string;
}

/** A run while it goes on. */
export class RunRecord {
  readonly id: string;
  readonly command: PlatformCommand;
  readonly abort = new AbortController();
  #input: Readonly<Record<string, unknown>>;
  readonly #startedAt: number;
  readonly #targets: readonly RunTarget[];
  readonly #states: RunItemState[];
  readonly #leftOut: readonly LeftOut[];

  constructor(
    id: string,
    command: PlatformCommand,
    input: Readonly<Record<string, unknown>>,
    targets: readonly RunTarget[],
    startedAt: number,
    leftOut: readonly LeftOut[] = [],
  ) {
    this.#leftOut = leftOut;
    this.id = id;
    this.command = command;
    this.#input = input;
    this.#targets = targets;
    this.#startedAt = startedAt;
    this.#states = targets.map(() => ({ name: 'waiting' }));
  }

  get input(): Readonly<Record<string, unknown>> {
    return this.#input;
  }

  get size(): number {
    return this.#targets.length;
  }

  target(index: number): RunTarget | undefined {
    return this.#targets[index];
  }

  state(index: number): RunItemState | undefined {
    return this.#states[index];
  }

  setState(index: number, state: RunItemState): void {
    this.#states[index] = state;
  }

  indexOf(id: EntityId): number {
    return this.#targets.findIndex((one) => one.id === id);
  }

  /** The targets whose item ended in failure. */
  failed(): readonly RunTarget[] {
    return this.#targets.filter((_, index) => this.#states[index]?.name === 'failed');
  }

  /** A password is kept no longer than it is needed. */
  forgetPassword(): void {
    if (this.command.secret === true) this.#input = withoutPassword(this.#input);
  }

  /** As windows see it. */
  toRun(): Run {
    const { command, input } = this;
    const within = namedWithin(command, input);
    const isSecret = command.secret === true;
    const shown = isSecret ? withoutPassword(input) : input;
    const jids = command.kinds.length === 0 ? [] : this.#targets.map((one) => one.jid);
    return {
      id: this.id,
      command: command.id,
      startedAt: this.#startedAt,
      items: this.#targets.map((one, index) => this.#item(one, index)),
      commandLine: commandLine(command.id, jids, shown),
      ...(isSecret ? { input: shown } : {}),
      ...given({ undo: command.undo, within: within.length > 0 ? within : undefined }),
      ...(this.#leftOut.length > 0 ? { leftOut: this.#leftOut } : {}),
    };
  }

  #item({ id, name }: RunTarget, index: number): RunItem {
    return { entity: id, entityName: name, state: this.#states[index] ?? { name: 'waiting' } };
  }
}

/** No window sees it, and the command line asks for it. */
function withoutPassword({
  password: _password,
  ...others
}: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return others;
}

/** What a handler's outcome makes of its item. */
export function itemState(outcome: Result<CommandDone, AppError>, at: number): RunItemState {
  if (outcome.ok) return { name: 'done', at, ...given({ note: outcome.value.note }) };
  const { error } = outcome;
  if (error.code === 'cancelled') return { name: 'cancelled', at };
  return { name: isUncertain(error) ? 'unknown' : 'failed', at, error };
}
