import type { AppError } from '../core/contract/app-error.ts';
import { entityId } from '../core/domain/entity.ts';
import type { BareJid } from '../core/domain/jid.ts';
import { messagesFor } from '../core/messages/catalogue.ts';
import type { LinkEvents } from './accounts/account-link.ts';
import type { Inventory } from './inventory/inventory.ts';
import type { Reconciler } from './journal/reconciler.ts';
import type { LogPushes } from './logs/log-pushes.ts';
import type { NoticeBoard } from './notices/notice-board.ts';
import type { QueryHub } from './queries/query-hub.ts';
import type { SettingsKeeper } from './settings/settings-keeper.ts';
import type { StatisticsDesk } from './statistics/statistics-desk.ts';

export interface LinkEventTargets {
  readonly inventory: Inventory;
  readonly queries: QueryHub;
  readonly statistics: StatisticsDesk;
  readonly logPushes: LogPushes;
  readonly reconciler: Reconciler;
  readonly notices: NoticeBoard;
  readonly settings: SettingsKeeper;
  failed(error: AppError): void;
}

/** Who is told what when something happens on the link of an account. */
export function linkEvents(account: BareJid, targets: LinkEventTargets): LinkEvents {
  const { inventory, queries, statistics, logPushes, reconciler, notices, settings } = targets;
  return {
    settled: () => {
      inventory.settled(account);
      reconciler.accountOnline(account);
    },
    rosterUnread: (error) => targets.failed(error),
    arrived: (jid) => {
      queries.entityOnline(account, jid);
      statistics.entityChanged(account, jid, true);
      logPushes.entityChanged(account, jid, true);
      reconciler.entityOnline(account, jid);
    },
    departed: (jid) => {
      const entity = inventory.nameOf(account, jid);
      statistics.entityChanged(account, jid, true);
      logPushes.entityChanged(account, jid, true);
      queries.entityOffline(account, jid, { code: 'offline', entity });
    },
    failed: (jid, state) => {
      const { states } = messagesFor(settings.current.language);
      const title = `${inventory.nameOf(account, jid)}: ${states[state]}`;
      notices.add({ level: 'error', title, entity: entityId(account, jid) });
    },
    recovered: (jid) => queries.entityOnline(account, jid),
    foundPrivate: (found) => {
      const { privateFinding } = messagesFor(settings.current.language).accounts;
      for (const one of found) notices.add({ level: 'info', ...privateFinding(account, one) });
    },
    pushed: (push) => queries.pushed(account, push),
    sampled: (from, samples) => statistics.received(account, from, samples),
    logged: (from, lines) => logPushes.received(account, from, lines),
    agentLearned: (jid) => {
      statistics.entityChanged(account, jid, false);
      logPushes.entityChanged(account, jid, false);
    },
    authorised: (jid, nick) => {
      const { requests } = messagesFor(settings.current.language).roster;
      const entity = entityId(account, jid);
      const hint = requests.authorisedHint(account);
      notices.add({ level: 'info', title: requests.authorised(nick ?? jid), hint, entity });
    },
    shouted: (jid, text) => {
      const entity = entityId(account, jid);
      // Strangers have nothing to tell.
      if (inventory.facts(entity)) notices.add({ level: 'info', title: text, entity });
    },
  };
}
