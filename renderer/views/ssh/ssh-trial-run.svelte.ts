import type { AppError } from '../../../core/contract/app-error.ts';
import type { AppApi } from '../../../core/contract/contract.ts';
import type { SshTestResult } from '../../../core/contract/ssh.ts';
import type { EntityId } from '../../../core/domain/entity.ts';
import type { Result } from '../../../core/lib/result.ts';
import type { SshProfile } from '../../../core/ssh/ssh-profile.ts';
import type { SshStep } from '../../../core/ssh/ssh-step.ts';

/** A connection that is made to see whether it can be: what was reached, and how it ended. */
export class SshTrialRun {
  readonly #api: AppApi['ssh'];
  #count = 0;
  #steps = $state.raw<readonly SshStep[]>([]);
  #result = $state.raw<Result<SshTestResult, AppError>>();
  #key = $state<string>();

  constructor(api: AppApi['ssh']) {
    this.#api = api;
  }

  get isRunning(): boolean {
    return this.#key !== undefined;
  }

  get steps(): readonly SshStep[] {
    return this.#steps;
  }

  get result(): Result<SshTestResult, AppError> | undefined {
    return this.#result;
  }

  /** Hears of steps until the returned function is called. */
  listen(): () => void {
    return this.#api.stepped(({ key, step }) => {
      if (key === this.#key) this.#steps = [...this.#steps, step];
    });
  }

  async run(entity: EntityId, profile: SshProfile): Promise<void> {
    const key = `test ${(this.#count += 1)}`;
    this.#key = key;
    this.#steps = [];
    this.#result = undefined;
    const result = await this.#api.test({ key, entity, profile });
    if (this.#key !== key) return;
    this.#key = undefined;
    this.#result = result;
  }

  stop(): void {
    if (this.#key !== undefined) void this.#api.cancelTest({ key: this.#key });
  }
}
