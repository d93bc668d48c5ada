import type { EntitySample } from '../../core/contract/statistics.ts';
import { messagesFor } from '../../core/messages/catalogue.ts';
import type { Inventory } from '../inventory/inventory.ts';
import type { NoticeBoard } from '../notices/notice-board.ts';
import { placeOf } from '../queries/query-hub.ts';
import type { SettingsKeeper } from '../settings/settings-keeper.ts';
import { LIMIT_WINDOW, LimitWatch } from './limit-watch.ts';
import { StatisticsDesk, type StatisticsDeskDependencies } from './statistics-desk.ts';

interface StatisticsTargets {
  readonly settings: SettingsKeeper;
  readonly notices: NoticeBoard;
  readonly inventory: Inventory;
}

type Ways = Pick<StatisticsDeskDependencies, 'announce' | 'clock' | 'link'>;

/** Samples for windows, and limits that tell the user and mark the hypervisor in the roster. */
export function makeStatistics(
  { settings, notices, inventory }: StatisticsTargets,
  { announce, ...ways }: Ways,
): { readonly desk: StatisticsDesk; readonly limits: LimitWatch } {
  const desk = new StatisticsDesk({
    ...ways,
    find: (id) => inventory.entity(id),
    all: () => inventory.entities(),
    announce: (windowId: number, samples: readonly EntitySample[]) => {
      if (windowId === LIMIT_WINDOW) limits.take(samples);
      else announce(windowId, samples);
    },
  });
  const current = () => settings.current.limits;
  const limits = new LimitWatch(desk, current, ({ entity, name, percent, limit }) => {
    const place = placeOf(entity);
    if (!place) return;
    const { health } = messagesFor(settings.current.language);
    const text = health.limitPassed(health.limits[name], percent, limit);
    const title = health.limitPassedOn(inventory.nameOf(place.account, place.jid), text);
    notices.add({ level: 'warning', title, entity });
    inventory.learnKnown(place.account, place.jid, { overLimit: text });
  });
  return { desk, limits };
}
