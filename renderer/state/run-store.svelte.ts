import { SvelteMap } from 'svelte/reactivity';
import type { AppError } from '../../core/contract/app-error.ts';
import type { AppApi } from '../../core/contract/contract.ts';
import type { Run, RunItem } from '../../core/contract/runs.ts';
import type { EntityId } from '../../core/domain/entity.ts';
import type { Result } from '../../core/lib/result.ts';

export interface RunCounts {
  readonly done: number;
  readonly failed: number;
  readonly open: number;
  readonly leftOut: number;
}

function isOpen({ state }: RunItem): boolean {
  return state.name === 'waiting' || state.name === 'sent';
}

export function countRun({ items, leftOut = [] }: Run): RunCounts {
  const done = items.filter(({ state }) => state.name === 'done').length;
  const open = items.filter(isOpen).length;
  const left = leftOut.reduce((sum, { names }) => sum + names.length, 0);
  return { done, open, failed: items.length - done - open, leftOut: left };
}

/** This window's mirror of the commands that were given, with what came of each. */
export class RunStore {
  readonly #api: AppApi['runs'];
  readonly #runs = new SvelteMap<string, Run>();
  readonly #awaited = new Map<string, ((run: Run) => void)[]>();

  /** The newest first. */
  readonly all = $derived(
    Array.from(this.#runs.values()).sort((a, b) => b.startedAt - a.startedAt),
  );
  readonly active = $derived(this.all.filter((run) => run.items.some(isOpen)));

  constructor(api: AppApi['runs']) {
    this.#api = api;
  }

  find(id: string): Run | undefined {
    return this.#runs.get(id);
  }

  /** Tells whether this command was asked of an entity and not answered yet. */
  isAsked(command: string, entity: EntityId): boolean {
    return this.active.some(
      (run) =>
        run.command === command && run.items.some((item) => item.entity === entity && isOpen(item)),
    );
  }

  start(): () => void {
    const stop = this.#api.changed((run) => this.#receive(run));
    void this.#load();
    return stop;
  }

  /** The run once nothing of it is open any more. */
  ended(id: string): Promise<Run> {
    const run = this.#runs.get(id);
    if (run && !run.items.some(isOpen)) return Promise.resolve(run);
    return new Promise((resolve) => {
      this.#awaited.set(id, [...(this.#awaited.get(id) ?? []), resolve]);
    });
  }

  /** Gives a platform command; the reply fails when main refuses it or the user does not confirm. */
  give(
    command: string,
    targets: readonly EntityId[],
    input: Record<string, unknown>,
    leftOut: readonly EntityId[] = [],
  ): Promise<Result<{ readonly id: string }, AppError>> {
    const more = leftOut.length > 0 ? { leftOut: [...leftOut] } : {};
    return this.#api.start({ command, targets: [...targets], input, ...more });
  }

  retry(id: string): Promise<Result<{ readonly id: string }, AppError>> {
    return this.#api.retry({ id });
  }

  cancel(id: string): Promise<Result<undefined, AppError>> {
    return this.#api.cancel({ id });
  }

  async #load(): Promise<void> {
    const reply = await this.#api.list();
    if (!reply.ok) return;
    // What changed while the list was on its way is newer than the list.
    for (const run of reply.value) if (!this.#runs.has(run.id)) this.#receive(run);
  }

  #receive(run: Run): void {
    this.#runs.set(run.id, run);
    if (run.items.some(isOpen)) return;
    for (const resolve of this.#awaited.get(run.id) ?? []) resolve(run);
    this.#awaited.delete(run.id);
  }
}
