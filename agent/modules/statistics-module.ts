import { err, ok } from '../../core/lib/result.ts';
import { statistics } from '../../core/protocol/statistics.ts';
import { serve, type ServedGroup } from '../entities/dispatcher.ts';
import { HYPERVISOR_SUBJECT } from '../health/past.ts';
import { stretchOf } from '../health/past-stretch.ts';
import type { StatisticsSubscriptions } from '../health/subscriptions.ts';
import type { ModuleContext } from './module-context.ts';

/** Samples of the hypervisor and its machines while somebody looks, and their past (protocol: statistics). */
export function statisticsModule(
  { host, statistics: collector }: ModuleContext,
  subscriptions: StatisticsSubscriptions,
): ServedGroup {
  return serve(statistics, {
    subscribe: async (wanted, subscriber) => {
      const granted = subscriptions.subscribe(subscriber, wanted);
      if (granted.ok) return granted;
      return err({ code: 'statistics-subscribe-failed', text: granted.error });
    },
    unsubscribe: async (_request, { from }) => {
      subscriptions.unsubscribe(from);
      return ok(undefined);
    },
    history: async ({ machine: uuid, ...stretch }, { jid }) => {
      if (stretch.toMs < stretch.fromMs) {
        const text = 'The end of the stretch is before its beginning.';
        return err({ code: 'statistics-history-failed', text });
      }
      if (uuid === undefined) return ok(stretchOf(collector.past, HYPERVISOR_SUBJECT, stretch));
      const machine = host.find(uuid);
      if (!machine) return err({ code: 'vm-unknown', text: `No VM with UUID ${uuid}` });
      if (!machine.entity.permissions.isGranted(jid, 'info')) {
        return err({ code: 'permission-denied' });
      }
      return ok(stretchOf(collector.past, machine.uuid, stretch));
    },
  });
}
