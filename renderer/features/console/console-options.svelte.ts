import type { AppError } from '../../../core/contract/app-error.ts';
import type { AppApi } from '../../../core/contract/contract.ts';
import type { ConsoleSettings } from '../../../core/domain/console-settings.ts';
import type { EntityId } from '../../../core/domain/entity.ts';

/** What the user chose for one console, as main remembers it. */
export class ConsoleOptions {
  readonly #api: AppApi['consoles'];
  readonly #entity: EntityId;
  #settings = $state.raw<ConsoleSettings>({});

  constructor(api: AppApi['consoles'], entity: EntityId) {
    this.#api = api;
    this.#entity = entity;
  }

  get settings(): ConsoleSettings {
    return this.#settings;
  }

  async load(): Promise<void> {
    const reply = await this.#api.settings({ entity: this.#entity });
    if (reply.ok) this.#settings = reply.value;
  }

  /** Remembers a choice; what kept it from being made or stored is returned. */
  async choose(settings: ConsoleSettings): Promise<AppError | undefined> {
    const reply = await this.#api.remember({ entity: this.#entity, settings });
    if (reply.ok) {
      this.#settings = reply.value;
      return undefined;
    }
    // What could not be stored counts for this run all the same.
    await this.load();
    return reply.error.code === 'cancelled' ? undefined : reply.error;
  }
}
