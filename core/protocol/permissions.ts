import { PERMISSION_TABLE } from './permission-table.ts';

export type PermissionName = keyof typeof PERMISSION_TABLE;

/** An entity that keeps permissions of its own. */
export type PermissionHolder = 'hypervisor' | 'virtualmachine' | 'central-agent';

/** A permission as an entity creates it. */
export interface Permission {
  readonly name: PermissionName;
  /** Whether those have it who hold no grant of any kind on the entity. */
  readonly byDefault: boolean;
  /** What it allows, in one sentence. */
  readonly description: string;
}

/** All permission names, in the order entities list them. */
export const PERMISSION_NAMES = Object.keys(PERMISSION_TABLE) as readonly PermissionName[];

export function isPermissionName(text: string): text is PermissionName {
  return Object.hasOwn(PERMISSION_TABLE, text);
}

/** The permissions an entity of this kind creates, if all its modules are loaded. */
export function permissionsOf(holder: PermissionHolder): readonly Permission[] {
  return PERMISSIONS[holder];
}

// Listed once: a hypervisor has hundreds of entities, and each of them asks.
const PERMISSIONS: Readonly<Record<PermissionHolder, readonly Permission[]>> = {
  hypervisor: listed('H'),
  virtualmachine: listed('V'),
  'central-agent': listed('C'),
};

function listed(letter: string): readonly Permission[] {
  return PERMISSION_NAMES.filter((name) => PERMISSION_TABLE[name][0].includes(letter)).map(
    (name) => ({
      name,
      byDefault: name === 'permission_get',
      description: PERMISSION_TABLE[name][1],
    }),
  );
}

/** What is known of a user on an entity when a permission is decided. */
export interface Standing {
  /** A root administrator, from the configuration or the administrators' pubsub node. */
  readonly isAdmin: boolean;
  /** Undefined when the entity holds nothing on the user, which is not the same as an empty set. */
  readonly grants: ReadonlySet<string> | undefined;
}

/**
 * Whether a user may. Administrators and holders of `all` may everything; defaults count only for
 * users the entity holds nothing on, and stop counting with the first grant, even a revoked one.
 */
export function isGranted(
  permission: string,
  standing: Standing,
  existing: readonly Permission[],
): boolean {
  if (standing.isAdmin) return true;
  const known = existing.find((one) => one.name === permission);
  if (standing.grants === undefined) return known?.byDefault ?? false;
  if (standing.grants.has('all')) return true;
  return known !== undefined && standing.grants.has(permission);
}
