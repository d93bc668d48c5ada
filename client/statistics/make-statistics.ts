import type { EntitySample } from '../../core/contract/statistics.ts';
import { messagesFor } from '../../core/messages/catalogue.ts';
import { STATISTICS_NAMESPACE } from '../../core/protocol/statistics.ts';
import type { Inventory } from '../inventory/inventory.ts';
import type { NoticeBoard } from '../notices/notice-board.ts';
import { placeOf } from '../queries/query-hub.ts';
import type { SettingsKeeper } from '../settings/settings-keeper.ts';
import { LIMIT_WINDOW, LimitWatch, type LimitPassed } from './limit-watch.ts';
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
    all: () => inventory.offering(STATISTICS_NAMESPACE),
    announce: (windowId: number, samples: readonly EntitySample[]) => {
      if (windowId === LIMIT_WINDOW) limits.take(samples);
      else announce(windowId, samples);
    },
  });
  const current = () => settings.current.limits;
  const words = () => messagesFor(settings.current.language).health;
  // It stands for as long as the limit is passed, so it names no amount of one moment.
  const mark = ({ entity, name, limit }: LimitPassed): void => {
    const overLimit = words().limitMark(words().limits[name], limit);
    const place = placeOf(entity);
    if (place) inventory.learnKnown(place.account, place.jid, { overLimit });
  };
  const limits = new LimitWatch(desk, current, {
    passed: (one) => {
      const { entity, name, percent, limit } = one;
      mark(one);
      const text = words().limitPassed(words().limits[name], percent, limit);
      const title = words().limitPassedOn(inventory.entity(entity)?.name ?? '', text);
      notices.add({ level: 'warning', title, entity });
    },
    kept: (entity, other) => {
      if (other) mark(other);
      else inventory.underLimit(entity);
    },
  });
  return { desk, limits };
}
