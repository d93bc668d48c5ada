import type { BrowserWindow } from 'electron';
import type { ClientHandlers } from '../../client/client.ts';
import type { ConfirmationView } from '../../core/contract/confirmation.ts';
import type { Caller } from '../../core/contract/define.ts';
import type { EntityId } from '../../core/domain/entity.ts';
import { err } from '../../core/lib/result.ts';
import type { Messages } from '../../core/messages/catalogue.ts';
import { confirmationFor } from '../confirmations/command-confirmation.ts';
import { rawConfirmation } from '../confirmations/raw-confirmation.ts';

const refused = err({ code: 'cancelled' } as const);

export interface Guard {
  readonly ask: (view: ConfirmationView, parent: BrowserWindow | undefined) => Promise<boolean>;
  readonly windowOf: (caller: Caller) => BrowserWindow | undefined;
  readonly nameOf: (entity: EntityId) => string;
  readonly messages: () => Messages;
}

/** The client's handlers, with those that can do harm asked about first in a window of main's own. */
export function guardedHandlers(handlers: ClientHandlers, guard: Guard): ClientHandlers {
  const agreed = (view: ConfirmationView, caller: Caller): Promise<boolean> =>
    guard.ask(view, guard.windowOf(caller));
  return {
    ...handlers,
    runs: {
      ...handlers.runs,
      start: async (request, caller) => {
        const names = request.targets.map(guard.nameOf);
        const view = confirmationFor(request.command, names, guard.messages());
        if (view && !(await agreed(view, caller))) return refused;
        return handlers.runs.start(request, caller);
      },
      retry: async (run, caller) => {
        const runs = await handlers.runs.list(undefined, caller);
        const earlier = runs.ok ? runs.value.find(({ id }) => id === run.id) : undefined;
        const failed = earlier?.items.filter(({ state }) => state.name === 'failed') ?? [];
        const names = failed.map(({ entityName }) => entityName);
        const view = earlier && confirmationFor(earlier.command, names, guard.messages());
        if (view && !(await agreed(view, caller))) return refused;
        return handlers.runs.retry(run, caller);
      },
    },
    stanzas: {
      ...handlers.stanzas,
      send: async (stanza, caller) => {
        if (!(await agreed(rawConfirmation(stanza, guard.messages()), caller))) return refused;
        return handlers.stanzas.send(stanza, caller);
      },
    },
    accounts: {
      ...handlers.accounts,
      remove: async (account, caller) => {
        const { title, effect, verb } = guard.messages().confirmation.removeAccount;
        const view = { title: title(account.jid), effect, verb, targets: [], destructive: true };
        if (!(await agreed(view, caller))) return refused;
        return handlers.accounts.remove(account, caller);
      },
    },
  };
}
