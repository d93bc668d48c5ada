import type { AppError } from '../../core/contract/app-error.ts';
import { parseJid, type BareJid } from '../../core/domain/jid.ts';
import { ok, type Result } from '../../core/lib/result.ts';
import { avatar as avatarActions } from '../../core/protocol/avatar.ts';
import { permissionActions } from '../../core/protocol/permission-actions.ts';
import { normalTag } from '../../core/protocol/tags.ts';
import type { Asker, EvidenceTable, Finding } from './evidence.ts';

interface PermissionChange {
  readonly user: BareJid;
  readonly name: string;
  readonly isGranted: boolean;
}

/** Whether every permission is as it was ordered. */
async function arePermissions(
  asker: Asker,
  jid: BareJid,
  changes: readonly PermissionChange[],
): Promise<Result<Finding, AppError>> {
  for (const user of new Set(changes.map((one) => one.user))) {
    const action = user === asker.account ? permissionActions.getown : permissionActions.get;
    const held = await asker.ask(action, jid, { type: 'user', user });
    if (!held.ok) return held;
    const names = new Set(held.value.map((one) => one.name));
    const wanted = changes.filter((one) => one.user === user);
    if (wanted.some((one) => names.has(one.name) !== one.isGranted)) return ok('failed');
  }
  return ok('done');
}

/** Adding a user to an entity's contacts grants the permission to see its presence. */
function isSubscribed(asker: Asker, jid: BareJid, user: string, isGranted: boolean) {
  const bare = parseJid(user)?.bare;
  if (bare === undefined) return Promise.resolve(ok<Finding>('failed'));
  return arePermissions(asker, jid, [{ user: bare, name: 'presence', isGranted }]);
}

export const permissions: EvidenceTable['permissions'] = {
  set: { find: (asker, { jid, input }) => arePermissions(asker, jid, input.changes) },
  setown: { find: (asker, { jid, input }) => arePermissions(asker, jid, input.changes) },
};

export const subscription: EvidenceTable['subscription'] = {
  add: { find: (asker, { jid, input }) => isSubscribed(asker, jid, input.jid, true) },
  remove: { find: (asker, { jid, input }) => isSubscribed(asker, jid, input.jid, false) },
};

export const tags: EvidenceTable['tags'] = {
  settags: {
    async find(asker, { jid, input }) {
      const now = await asker.tagsOf(jid);
      if (!now.ok) return now;
      const plain = (list: readonly string[]) => list.map(normalTag).sort().join(' ');
      return ok(plain(now.value) === plain(input.tags) ? 'done' : 'failed');
    },
  },
};

export const avatar: EvidenceTable['avatar'] = {
  setavatar: {
    async find(asker, { jid, input }) {
      const [list, vcard] = await Promise.all([
        asker.ask(avatarActions.getavatars, jid, {}),
        asker.vcardOf(jid),
      ]);
      if (!list.ok) return list;
      if (!vcard.ok) return vcard;
      const wanted = list.value.find((one) => one.name === input.name);
      if (!wanted) return ok('failed');
      return ok(vcard.value.photo?.data === wanted.data ? 'done' : 'failed');
    },
  },
};
