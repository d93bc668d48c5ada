import type { ConsoleChoices } from '../../client/consoles/console-choices.ts';
import type { AppError } from '../../core/contract/app-error.ts';
import type { AppHandlers } from '../../core/contract/contract.ts';
import { MOST_CLIPBOARD, type GivenClipboard } from '../../core/contract/guest-clipboard.ts';
import { err, ok, type Result } from '../../core/lib/result.ts';
import type { Messages } from '../../core/messages/catalogue.ts';
import type { ConsoleDesk } from './console-desk.ts';

export interface ClipboardDeskPorts {
  readonly choices: Pick<ConsoleChoices, 'of'>;
  readonly consoles: Pick<ConsoleDesk, 'machineOf'>;
  /** Whether a window has the keyboard. */
  readonly hasKeyboard: (windowId: number) => boolean;
  readonly messages: () => Messages;
  readonly clipboard: {
    readText(): Promise<string>;
    writeText(text: string): Promise<void>;
  };
}

/** Lets the clipboards of guests and of this computer pass where the user agreed to it, and only there. */
export class ClipboardDesk {
  readonly #ports: ClipboardDeskPorts;

  constructor(ports: ClipboardDeskPorts) {
    this.#ports = ports;
  }

  readonly handlers: AppHandlers['guestClipboard'] = {
    read: ({ key }, { windowId }) => this.#read(windowId, key),
    write: ({ key, text }, { windowId }) => this.#write(windowId, key, text),
  };

  async #read(windowId: number, key: string): Promise<Result<GivenClipboard, AppError>> {
    const refused = await this.#refused(windowId, key);
    if (refused) return err(refused);
    const text = await this.#ports.clipboard.readText();
    if (text === '') return ok({ kind: 'nothing' });
    const { length } = text;
    return ok(length > MOST_CLIPBOARD ? { kind: 'too-long', length } : { kind: 'text', text });
  }

  async #write(windowId: number, key: string, text: string): Promise<Result<undefined, AppError>> {
    const refused = await this.#refused(windowId, key);
    if (refused) return err(refused);
    await this.#ports.clipboard.writeText(text);
    return ok(undefined);
  }

  async #refused(windowId: number, key: string): Promise<AppError | undefined> {
    const { choices, consoles, hasKeyboard } = this.#ports;
    const machine = consoles.machineOf(windowId, key);
    if (machine === undefined) return { code: 'not-found', what: 'console' };
    const { sharesClipboard = false } = await choices.of(machine);
    if (!sharesClipboard) {
      const reason = this.#ports.messages().hindrance({ code: 'clipboard-not-shared' });
      return { code: 'not-allowed-now', reason };
    }
    // It may have gone elsewhere while the page asked: that is nothing to complain of.
    return hasKeyboard(windowId) ? undefined : { code: 'cancelled' };
  }
}
