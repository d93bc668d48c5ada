import type { Client } from '../../client/client.ts';
import type { ConsoleChoices } from '../../client/consoles/console-choices.ts';
import type { AppError } from '../../core/contract/app-error.ts';
import type { ConfirmationView } from '../../core/contract/confirmation.ts';
import type { AppHandlers } from '../../core/contract/contract.ts';
import type { ConsoleSettings } from '../../core/domain/console-settings.ts';
import type { EntityId } from '../../core/domain/entity.ts';
import { err, ok, type Result } from '../../core/lib/result.ts';
import type { Messages } from '../../core/messages/catalogue.ts';
import { targetRows } from '../confirmations/confirmation-targets.ts';

export interface ConsoleSettingsPorts {
  readonly client: Pick<Client, 'entity' | 'entities'>;
  readonly choices: Pick<ConsoleChoices, 'of' | 'remember'>;
  readonly ask: (view: ConfirmationView, windowId: number) => Promise<boolean>;
  readonly messages: () => Messages;
}

/** What the user chose for consoles. No page shares a clipboard by itself: main asks. */
export class ConsoleSettingsDesk {
  readonly #ports: ConsoleSettingsPorts;

  constructor(ports: ConsoleSettingsPorts) {
    this.#ports = ports;
  }

  readonly handlers: Pick<AppHandlers['consoles'], 'settings' | 'remember'> = {
    settings: async ({ entity }) => ok(await this.#ports.choices.of(entity)),
    remember: ({ entity, settings }, { windowId }) => this.#remember(entity, settings, windowId),
  };

  async #remember(
    id: EntityId,
    settings: ConsoleSettings,
    windowId: number,
  ): Promise<Result<ConsoleSettings, AppError>> {
    const { choices } = this.#ports;
    const before = await choices.of(id);
    const isNew = settings.sharesClipboard === true && before.sharesClipboard !== true;
    const refused = isNew ? await this.#askToShare(id, windowId) : undefined;
    if (refused) return err(refused);
    const stored = await choices.remember(id, settings);
    return stored.ok ? ok(await choices.of(id)) : stored;
  }

  async #askToShare(id: EntityId, windowId: number): Promise<AppError | undefined> {
    const { client, ask, messages } = this.#ports;
    const machine = client.entity(id);
    if (!machine) return { code: 'not-found', what: id };
    const words = messages();
    const { title, effect, verb } = words.confirmation.shareClipboard;
    const targets = targetRows([machine], client.entities(), words);
    const view = { title: title(machine.name), effect, verb, targets, destructive: false };
    return (await ask(view, windowId)) ? undefined : { code: 'cancelled' };
  }
}
