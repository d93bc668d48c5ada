import type { BareJid } from '../../core/domain/jid.ts';
import type { Action } from '../../core/protocol/define-action.ts';
import { isGranted, permissionsOf } from '../../core/protocol/permissions.ts';
import type { Role } from '../world/world.ts';

/** What those may who only look. */
const LOOKING = [
  'capabilities',
  'getavatars',
  'health_history',
  'health_info',
  'health_logs',
  'info',
  'ip',
  'networkinfo',
  'nodeinfo',
  'permission_get',
  'permission_getown',
  'permission_list',
  'presence',
  'rostervm',
  'screenshot',
  'vnc_display',
  'xmldesc',
] as const;

/** What those may besides who run machines, but neither own the platform nor give rights. */
const RUNNING = [
  'autostart',
  'create',
  'destroy',
  'memory',
  'message',
  'reboot',
  'resume',
  'settags',
  'setvcpus',
  'shutdown',
  'suspend',
] as const;

const GRANTS: Readonly<Record<Role, readonly string[]>> = {
  // Administrators hold no grants: they are known from the administrators' node.
  admin: [],
  operator: [...LOOKING, ...RUNNING].sort(),
  auditor: LOOKING,
  user: ['presence'],
};

/** What each person may on every scripted entity. */
export class Standings {
  readonly #roles: ReadonlyMap<BareJid, Role>;

  constructor(roles: ReadonlyMap<BareJid, Role>) {
    this.#roles = roles;
  }

  grantsOf(user: BareJid): readonly string[] {
    const role = this.#roles.get(user);
    return role === undefined ? [] : GRANTS[role];
  }

  mayUse(user: BareJid, { permission }: Action, holder: 'hypervisor' | 'virtualmachine'): boolean {
    if (permission === undefined) return true;
    const isAdmin = this.#roles.get(user) === 'admin';
    const standing = { isAdmin, grants: new Set(this.grantsOf(user)) };
    return isGranted(permission, standing, permissionsOf(holder));
  }
}
