import type { AppApi } from '../../core/contract/contract.ts';
import type { AppError } from '../../core/contract/app-error.ts';
import type { TypingState } from '../../core/contract/typing.ts';
import type { EntityId } from '../../core/domain/entity.ts';
import type { LayoutId } from '../../core/keyboard/layout.ts';
import type { Result } from '../../core/lib/result.ts';

/** Where a text goes, and how. */
export interface TypingTarget {
  readonly entity: EntityId;
  readonly layout: LayoutId;
  readonly eventMs: number;
}

let count = 0;

/** One text at a time that this window has typed, from its beginning to what became of it. */
export class TypingRun {
  readonly #api: AppApi['typing'];
  #key = '';
  #state = $state.raw<TypingState>();

  constructor(api: AppApi['typing']) {
    this.#api = api;
  }

  /** What is known of the text; undefined before the first. */
  get state(): TypingState | undefined {
    return this.#state;
  }

  get isRunning(): boolean {
    return this.#state?.name === 'connecting' || this.#state?.name === 'typing';
  }

  /** Listens until the returned function is called, which also stops what is being typed. */
  start(): () => void {
    const deafen = this.#api.changed(({ key, state }) => {
      if (key === this.#key) this.#state = state;
    });
    return () => {
      if (this.isRunning) this.stop();
      deafen();
    };
  }

  type(target: TypingTarget, text: string): Promise<void> {
    return this.#begin((key) => this.#api.type({ key, ...target, text }));
  }

  typeSecret(target: TypingTarget, name: string, endsWithEnter: boolean): Promise<void> {
    return this.#begin((key) => this.#api.typeSecret({ key, ...target, name, endsWithEnter }));
  }

  stop(): void {
    void this.#api.stop({ key: this.#key });
  }

  async #begin(give: (key: string) => Promise<Result<undefined, AppError>>): Promise<void> {
    if (this.isRunning) return;
    const key = `t${(count += 1)}`;
    this.#key = key;
    this.#state = { name: 'connecting' };
    const reply = await give(key);
    if (!reply.ok && this.#key === key) this.#state = { name: 'failed', error: reply.error };
  }
}
