import { err, ok } from '../../core/lib/result.ts';
import { outcome } from '../../core/protocol/outcome.ts';
import { serve, type ServedGroup } from '../entities/dispatcher.ts';
import type { OutcomeRecord } from '../entities/outcome-record.ts';
import type { PermissionBook } from '../entities/permission-book.ts';

/** Tells who lost the answer what became of an order (protocol: outcome). */
export function outcomeModule(outcomes: OutcomeRecord, permissions: PermissionBook): ServedGroup {
  return serve(outcome, {
    get: async ({ id, sender }, { jid }) => {
      const asked = sender ?? jid;
      if (asked !== jid && !permissions.isGranted(jid, 'all')) {
        return err({ code: 'permission-denied' });
      }
      const told = outcomes.find(asked, id, jid);
      // It is given up for good, whatever becomes of this agent.
      await outcomes.written();
      return ok(told);
    },
  });
}
