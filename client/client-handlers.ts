import type { AppError } from '../core/contract/app-error.ts';
import type { BareJid } from '../core/domain/jid.ts';
import { err, ok, type Result } from '../core/lib/result.ts';
import type { Application } from './application.ts';
import type { ClientHandlers } from './client.ts';
import { given } from './given.ts';
import { placeOf } from './queries/query-hub.ts';
import { sendRaw } from './stanzas/send-raw.ts';

type Now<T> = Promise<Result<T, AppError>>;

function now<T>(value: T): Now<T> {
  return Promise.resolve(ok(value));
}

/** Does something that cannot fail and has no answer. */
function does(work: () => void): Now<undefined> {
  work();
  return now(undefined);
}

/** Answers every call of the contract that needs no window. */
export function clientHandlers(application: Application): ClientHandlers {
  return {
    accounts: accountHandlers(application),
    inventory: inventoryHandlers(application),
    queries: queryHandlers(application),
    runs: runHandlers(application),
    stanzas: stanzaHandlers(application),
    notices: {
      list: () => now(application.notices.list()),
      clear: () => does(() => application.notices.clear()),
    },
    settings: {
      get: () => now(application.settings.current),
      change: (change) => application.settings.change(given(change)),
    },
  };
}

function accountHandlers({ accounts }: Application): ClientHandlers['accounts'] {
  return {
    list: () => now(accounts.list()),
    add: async (input) => {
      const added = await accounts.add(input.settings, input.password);
      // The connection is told of in the status bar; adding does not wait for it.
      if (added.ok && input.settings.connectAtStart) void accounts.connect(input.settings.jid);
      return added;
    },
    update: (input) => accounts.update(input),
    remove: ({ jid }) => accounts.remove(jid),
    connect: ({ jid, password }) => accounts.connect(jid, password),
    disconnect: ({ jid }) => accounts.disconnect(jid),
    setPassword: ({ jid, password }) => accounts.setPassword(jid, password),
    trust: ({ jid, fingerprint }) => accounts.trust(jid, fingerprint),
  };
}

function inventoryHandlers(application: Application): ClientHandlers['inventory'] {
  const { inventory } = application;
  return {
    snapshot: (_, { windowId }) => {
      application.mirror(windowId);
      return now(inventory.snapshot());
    },
    seen: ({ entity }) => {
      const place = placeOf(entity);
      return does(() => place && inventory.seen(place.account, place.jid));
    },
  };
}

function queryHandlers({ queries }: Application): ClientHandlers['queries'] {
  return {
    open: ({ key, query }, { windowId }) => Promise.resolve(queries.open(windowId, key, query)),
    refresh: ({ key }, { windowId }) => Promise.resolve(queries.refresh(windowId, key)),
    close: ({ key }, { windowId }) => does(() => queries.close(windowId, key)),
  };
}

function runHandlers({ runs }: Application): ClientHandlers['runs'] {
  return {
    start: (request) => Promise.resolve(runs.start(request)),
    retry: ({ id }) => Promise.resolve(runs.retry(id)),
    cancel: ({ id }) => Promise.resolve(runs.cancel(id)),
    list: () => now(runs.list()),
  };
}

function stanzaHandlers({ accounts, recorder }: Application): ClientHandlers['stanzas'] {
  return {
    open: async (_, { windowId }) => ok(await recorder.open(windowId)),
    close: (_, { windowId }) => does(() => recorder.close(windowId)),
    clear: () => does(() => recorder.clear()),
    send: ({ account, xml }) => {
      const session = accounts.entry(account)?.session;
      if (!session) return Promise.resolve(err({ code: 'not-connected', jid: account }));
      const agentOf = (jid: BareJid) => accounts.link(account)?.entity(jid)?.agent;
      return sendRaw(session, account, xml, agentOf, recorder.causes);
    },
  };
}
