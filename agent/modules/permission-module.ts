import { err, ok, type Result } from '../../core/lib/result.ts';
import type { BareJid } from '../../core/domain/jid.ts';
import type { ActionFailure } from '../../core/protocol/define-action.ts';
import { permissionActions } from '../../core/protocol/permission-actions.ts';
import { permissionChange } from '../../core/protocol/push.ts';
import type { AgentEntity } from '../entities/agent-entity.ts';
import { serve, type ServedGroup } from '../entities/dispatcher.ts';
import type { ChangeFailure, GrantChange } from '../entities/permission-book.ts';

type Outcome<T> = Promise<Result<T, ActionFailure>>;

/** Who may do what on an entity, asked and changed by its users (protocol: permissions). */
export function permissionModule(entity: () => AgentEntity): ServedGroup {
  const held = (user: BareJid): readonly { name: string }[] =>
    entity()
      .permissions.grantsOf(user)
      .map((name) => ({ name }));
  return serve(permissionActions, {
    list: async () => ok(entity().permissions.existing.map((one) => ({ ...one }))),
    get: async ({ user }) => ok(held(user)),
    getown: async ({ user }, { jid }) => {
      if (user === jid) return ok(held(user));
      const text = 'You cannot get permissions of other users.';
      return err({ code: 'permissions-of-others', text });
    },
    set: async ({ changes }) => change(entity(), changes),
    setown: async ({ changes }, { jid }) => {
      if (changes.every(({ user }) => user === jid)) return change(entity(), changes);
      const text = 'You cannot set permissions of other users';
      return err({ code: 'permissions-of-others', text });
    },
  });
}

async function change(entity: AgentEntity, changes: readonly GrantChange[]): Outcome<undefined> {
  const changed = await entity.permissions.change(changes);
  if (!changed.ok) return err({ code: 'permission-set-failed', text: describe(changed.error) });
  for (const { user, name, isGranted } of changes) {
    if (name === 'presence') entity.admit(user, isGranted);
  }
  const targets = [...new Set(changes.map(({ user }) => user))];
  entity.push('permissions', permissionChange(targets));
  return ok(undefined);
}

/** Why grants were not changed, as an answer. */
export function describe(failure: ChangeFailure): string {
  if (failure.code === 'unknown-permission') return `There is no permission ${failure.name}.`;
  return `The agent cannot write its files: ${failure.code} ${failure.file}`;
}
