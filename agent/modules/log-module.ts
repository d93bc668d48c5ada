import { err, ok } from '../../core/lib/result.ts';
import { log } from '../../core/protocol/log.ts';
import { serve, type ServedGroup } from '../entities/dispatcher.ts';
import type { LineSubscriptions } from '../log/line-subscriptions.ts';

/** The agent's log, sent to those who look at it (protocol: log). */
export function logModule(subscriptions: LineSubscriptions): ServedGroup {
  return serve(log, {
    subscribe: async ({ leaseSeconds }, subscriber) => {
      const granted = subscriptions.subscribe(subscriber, leaseSeconds);
      if (granted.ok) return ok({ leaseSeconds });
      return err({ code: 'log-subscribe-failed', text: granted.error });
    },
    unsubscribe: async (_request, { from }) => {
      subscriptions.unsubscribe(from);
      return ok(undefined);
    },
  });
}
