import { err, ok, type Result } from '../../core/lib/result.ts';
import type { Logger } from '../log/logger.ts';
import type { KeptValue, MachineRecord } from '../store/agent-store.ts';
import type { HostFailure } from './host-failure.ts';

type Records = readonly MachineRecord[];

/** What is kept of all machines. Changes happen one after the other, so that none undoes another. */
export class MachineLedger {
  readonly #kept: KeptValue<Records>;
  readonly #logger: Logger;
  #records: Records = [];
  #last: Promise<unknown> = Promise.resolve();

  constructor(kept: KeptValue<Records>, logger: Logger) {
    this.#kept = kept;
    this.#logger = logger;
  }

  /** What was kept when the agent started. */
  begin(records: Records): void {
    this.#records = records;
  }

  /** Changes what is kept after all earlier changes, or leaves it when the change is refused. */
  change(
    edit: (records: Records) => Result<Records, HostFailure>,
  ): Promise<Result<undefined, HostFailure>> {
    const done = this.#last.then(async () => this.#apply(edit));
    // A change that failed by a bug of ours keeps none from coming after it.
    this.#last = done.catch(() => undefined);
    return done;
  }

  async #apply(
    edit: (records: Records) => Result<Records, HostFailure>,
  ): Promise<Result<undefined, HostFailure>> {
    const next = edit(this.#records);
    if (!next.ok) return next;
    const saved = await this.#kept.save(next.value);
    if (!saved.ok) {
      const detail = `${saved.error.code}: ${saved.error.file}`;
      this.#logger.error(`STORE ${detail}`);
      return err({ code: 'storage', detail });
    }
    this.#records = next.value;
    return ok(undefined);
  }
}

/** The name of a machine if another machine has it as well, in whatever case. */
export function sharedName(records: Records, uuid: string): string | undefined {
  const name = records.find((one) => one.uuid === uuid)?.name;
  const folded = name?.toLowerCase();
  const isShared = records.some((one) => one.uuid !== uuid && one.name.toLowerCase() === folded);
  return isShared ? name : undefined;
}
