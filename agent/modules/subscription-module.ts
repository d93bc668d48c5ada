import { err, ok } from '../../core/lib/result.ts';
import { parseJid } from '../../core/domain/jid.ts';
import { subscription } from '../../core/protocol/subscription.ts';
import type { AgentEntity } from '../entities/agent-entity.ts';
import { describeRefusal } from '../entities/describe-failure.ts';
import { serve, type ServedGroup } from '../entities/dispatcher.ts';
import { describe } from './permission-module.ts';

/** Contacts of an entity that somebody else adds and removes (protocol: overview §8). */
export function subscriptionModule(entity: () => AgentEntity, name: () => string): ServedGroup {
  return serve(subscription, {
    add: async ({ jid }) => {
      const user = parseJid(jid)?.bare;
      if (!user) return err({ code: 'subscription-add-failed', text: `${jid} is no JID` });
      const { permissions } = entity();
      const granted = await permissions.change([{ user, name: 'presence', isGranted: true }]);
      if (!granted.ok) {
        return err({ code: 'subscription-add-failed', text: describe(granted.error) });
      }
      const invited = await entity().invite(user, name());
      if (!invited.ok) {
        return err({ code: 'subscription-add-failed', text: describeRefusal(invited.error) });
      }
      entity().admit(user, true);
      entity().push('permissions', 'set');
      entity().push('subscription', 'added');
      return ok(undefined);
    },
    remove: async ({ jid }) => {
      const user = parseJid(jid)?.bare;
      if (!user) return err({ code: 'subscription-remove-failed', text: `${jid} is no JID` });
      const { permissions, roster } = entity();
      const revoked = await permissions.change([{ user, name: 'presence', isGranted: false }]);
      if (!revoked.ok) {
        return err({ code: 'subscription-remove-failed', text: describe(revoked.error) });
      }
      const removed = await roster.remove(user);
      // Who is no contact is as good as removed.
      const wasNone = !removed.ok && removed.error.code === 'stanza-error';
      if (!removed.ok && !wasNone) {
        return err({ code: 'subscription-remove-failed', text: describeRefusal(removed.error) });
      }
      entity().push('permissions', 'set');
      entity().push('subscription', 'removed');
      return ok(undefined);
    },
  });
}
