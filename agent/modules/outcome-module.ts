import { err, ok } from '../../core/lib/result.ts';
import { outcome } from '../../core/protocol/outcome.ts';
import { serve, type Dispatcher, type ServedGroup } from '../entities/dispatcher.ts';
import type { PermissionBook } from '../entities/permission-book.ts';

/** Tells who lost the answer what became of an order (protocol: outcome). */
export function outcomeModule(dispatcher: Dispatcher, permissions: PermissionBook): ServedGroup {
  return serve(outcome, {
    get: async ({ id, sender }, { jid }) => {
      const asked = sender ?? jid;
      if (asked !== jid && !permissions.isGranted(jid, 'all')) {
        return err({ code: 'permission-denied' });
      }
      return ok(dispatcher.outcomes.find(asked, id, jid));
    },
  });
}
