import { err, ok } from '../../core/lib/result.ts';
import { permissionActions } from '../../core/protocol/permission-actions.ts';
import { permissionsOf } from '../../core/protocol/permissions.ts';
import { tags } from '../../core/protocol/tags.ts';
import { scripted, type ScriptedAction } from './action-script.ts';
import type { Standings } from './standing.ts';

/** What scripted hypervisors and machines answer alike: permissions and tags. */
export function sharedActions(
  holder: 'hypervisor' | 'virtualmachine',
  standings: Standings,
  setTags: (tags: readonly string[]) => void,
): readonly ScriptedAction[] {
  const { getown, get, list } = permissionActions;
  return [
    scripted(getown, ({ user }, asker) => {
      if (user !== asker) return err({ code: 'permissions-of-others' as const });
      return ok(standings.grantsOf(asker).map((name) => ({ name })));
    }),
    scripted(get, ({ user }) => ok(standings.grantsOf(user).map((name) => ({ name })))),
    scripted(list, () => ok(permissionsOf(holder))),
    scripted(tags.settags, (request) => {
      setTags(request.tags);
      return ok(undefined);
    }),
  ];
}
