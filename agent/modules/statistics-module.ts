import type { BareJid } from '../../core/domain/jid.ts';
import { err, ok } from '../../core/lib/result.ts';
import { writeSamples } from '../../core/protocol/statistics-samples.ts';
import { statistics } from '../../core/protocol/statistics.ts';
import { serve, type ServedGroup } from '../entities/dispatcher.ts';
import { StatisticsSubscriptions } from '../health/statistics-subscriptions.ts';
import type { ModuleContext } from './module-context.ts';

/** Samples for who looks, and their past (protocol: statistics). */
export function statisticsModule({ host, samples, now }: ModuleContext): ServedGroup {
  const mayRead = (user: BareJid, uuid: string): boolean => {
    return host.find(uuid)?.entity.permissions.isGranted(user, 'info') ?? false;
  };
  const subscriptions = new StatisticsSubscriptions(
    samples,
    () => now().getTime(),
    (to, sample) => host.entity.tell(writeSamples(to, [sample])),
  );
  return serve(statistics, {
    subscribe: async ({ intervalSeconds, leaseSeconds, hypervisor, machines }, { from, jid }) => {
      const isTaken = subscriptions.subscribe(from, {
        intervalMs: intervalSeconds * 1000,
        leaseMs: leaseSeconds * 1000,
        hypervisor: hypervisor ?? false,
        machines: machines ?? [],
        mayRead: (uuid) => mayRead(jid, uuid),
      });
      if (isTaken) return ok({ intervalSeconds, leaseSeconds });
      return err({ code: 'statistics-subscribe-failed', text: 'Too many are subscribed.' });
    },
    unsubscribe: async (_request, { from }) => {
      subscriptions.unsubscribe(from);
      return ok(undefined);
    },
    history: async (wanted, { jid }) => {
      if (wanted.machine === undefined) return ok(samples.history(wanted));
      if (!host.find(wanted.machine)) {
        const text = `No VM with UUID ${wanted.machine} is managed here`;
        return err({ code: 'vm-unknown', text });
      }
      if (!mayRead(jid, wanted.machine)) return err({ code: 'permission-denied' });
      return ok(samples.history(wanted));
    },
  });
}
