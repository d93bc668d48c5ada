import type { AppError } from '../core/contract/app-error.ts';
import type { BareJid } from '../core/domain/jid.ts';
import { err, ok, type Result } from '../core/lib/result.ts';
import type { AccountBook } from './accounts/account-book.ts';
import type { ClientHandlers } from './client.ts';
import { explain } from './diagnosis/explain.ts';
import { whyOffline } from './diagnosis/why-offline.ts';
import type { RunKeeper } from './commands/run-keeper.ts';
import { given } from './given.ts';
import type { Inventory } from './inventory/inventory.ts';
import type { Journal } from './journal/journal.ts';
import type { NoticeBoard } from './notices/notice-board.ts';
import { placeOf, type QueryHub } from './queries/query-hub.ts';
import type { SettingsKeeper } from './settings/settings-keeper.ts';
import { sendRaw } from './stanzas/send-raw.ts';
import type { StanzaRecorder } from './stanzas/stanza-recorder.ts';
import type { StatisticsDesk } from './statistics/statistics-desk.ts';

type Now<T> = Promise<Result<T, AppError>>;

function now<T>(value: T): Now<T> {
  return Promise.resolve(ok(value));
}

/** Does something that cannot fail and has no answer. */
function does(work: () => void): Now<undefined> {
  work();
  return now(undefined);
}

/** What answers the calls, by the name it has in the application. */
interface Parts {
  readonly accounts: AccountBook;
  readonly inventory: Inventory;
  readonly journal: Journal;
  readonly queries: QueryHub;
  readonly runs: RunKeeper;
  readonly recorder: StanzaRecorder;
  readonly statistics: StatisticsDesk;
  readonly notices: NoticeBoard;
  readonly settings: SettingsKeeper;
  /** From now on the window hears of every change of the inventory. */
  mirror(windowId: number): void;
}

/** Answers every call of the contract that needs no window. */
export function clientHandlers(parts: Parts): ClientHandlers {
  return {
    accounts: accountHandlers(parts),
    diagnosis: diagnosisHandlers(parts),
    inventory: inventoryHandlers(parts),
    queries: queryHandlers(parts),
    runs: runHandlers(parts),
    stanzas: stanzaHandlers(parts),
    statistics: statisticsHandlers(parts),
    notices: {
      list: () => now(parts.notices.list()),
      clear: () => does(() => parts.notices.clear()),
    },
    settings: {
      get: () => now(parts.settings.current),
      change: (change) => parts.settings.change(given(change)),
    },
  };
}

function accountHandlers({ accounts }: Parts): ClientHandlers['accounts'] {
  return {
    list: () => now(accounts.list()),
    add: async (input) => {
      const added = await accounts.add(input.settings, input.password);
      // The connection is told of in the status bar; adding does not wait for it.
      if (added.ok && input.settings.connectAtStart) void accounts.connect(input.settings.jid);
      return added;
    },
    update: (input) => accounts.update(input),
    correct: ({ from, settings, password }) => accounts.correct(from, settings, password),
    remove: ({ jid }) => accounts.remove(jid),
    connect: ({ jid, password }) => accounts.connect(jid, password),
    disconnect: ({ jid }) => accounts.disconnect(jid),
    setPassword: ({ jid, password }) => accounts.setPassword(jid, password),
    trust: ({ jid, fingerprint }) => accounts.trust(jid, fingerprint),
  };
}

function diagnosisHandlers(parts: Parts): ClientHandlers['diagnosis'] {
  const { accounts, inventory, journal, recorder } = parts;
  return {
    whyOffline: async ({ account, jid }) => {
      const entry = accounts.entry(account);
      if (!entry) return err({ code: 'not-found', what: account });
      const { connection } = entry;
      const entities = inventory.entities().filter((one) => one.account === account);
      return ok(await whyOffline({ account, jid, connection, link: entry.link, entities }));
    },
    explain: async (failure) => {
      const link = (account: BareJid) => {
        const entry = accounts.entry(account);
        return entry?.connection.name === 'online' ? entry.link : undefined;
      };
      const explanation = await explain(failure, {
        entities: inventory.entities(),
        orders: journal.entries,
        exchange: (wanted) => recorder.exchange(wanted),
        link,
      });
      return ok(explanation);
    },
  };
}

function inventoryHandlers(parts: Parts): ClientHandlers['inventory'] {
  const { inventory } = parts;
  return {
    snapshot: (_, { windowId }) => {
      parts.mirror(windowId);
      return now(inventory.snapshot());
    },
    seen: ({ entity }) => {
      const place = placeOf(entity);
      return does(() => place && inventory.seen(place.account, place.jid));
    },
  };
}

function queryHandlers({ queries }: Parts): ClientHandlers['queries'] {
  return {
    open: ({ key, query }, { windowId }) => Promise.resolve(queries.open(windowId, key, query)),
    refresh: ({ key }, { windowId }) => Promise.resolve(queries.refresh(windowId, key)),
    close: ({ key }, { windowId }) => does(() => queries.close(windowId, key)),
  };
}

function statisticsHandlers({ statistics }: Parts): ClientHandlers['statistics'] {
  return {
    watch: (watch, { windowId }) => does(() => statistics.watch(windowId, watch)),
    history: (wanted) => statistics.past(wanted),
    unwatch: ({ key }, { windowId }) => does(() => statistics.unwatch(windowId, key)),
  };
}

function runHandlers({ runs }: Parts): ClientHandlers['runs'] {
  return {
    start: (request) => Promise.resolve(runs.start(request)),
    retry: ({ id }) => Promise.resolve(runs.retry(id)),
    cancel: ({ id }) => Promise.resolve(runs.cancel(id)),
    list: () => now(runs.list()),
  };
}

function stanzaHandlers({ accounts, recorder }: Parts): ClientHandlers['stanzas'] {
  return {
    open: async (_, { windowId }) => ok(await recorder.open(windowId)),
    earlier: async ({ before }) => ok(await recorder.earlier(before)),
    close: (_, { windowId }) => does(() => recorder.close(windowId)),
    clear: () => does(() => recorder.clear()),
    counts: () => now(recorder.causes.counts()),
    send: ({ account, xml }) => {
      const session = accounts.entry(account)?.session;
      if (!session) return Promise.resolve(err({ code: 'not-connected', jid: account }));
      const agentOf = (jid: BareJid) => accounts.link(account)?.entity(jid)?.agent;
      return sendRaw(session, account, xml, agentOf, recorder.causes);
    },
  };
}
