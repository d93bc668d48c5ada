import type { Entity, EntityState } from '../domain/entity.ts';
import type { OpenThing, PlatformCommand, WindowCommand } from './define-command.ts';

/** Why a command cannot be given now. */
export type Hindrance =
  | { readonly code: 'no-target' }
  | { readonly code: 'no-group' }
  | { readonly code: 'one-target' }
  | { readonly code: 'wrong-kind' }
  | { readonly code: 'offline' }
  | { readonly code: 'not-offline' }
  | { readonly code: 'not-open'; readonly what: OpenThing }
  | { readonly code: 'wrong-state'; readonly state: EntityState }
  /** Its console is open, and has no connection now. */
  | { readonly code: 'no-screen' }
  | { readonly code: 'clipboard-not-shared' }
  | { readonly code: 'nothing-copied' }
  /** The server of the screen does not let it be resized. */
  | { readonly code: 'no-desktop-size' }
  | { readonly code: 'no-permission'; readonly permission: string }
  | { readonly code: 'no-feature'; readonly feature: string };

type Check = (command: PlatformCommand, entity: Entity) => Hindrance | undefined;

/** In the order in which a user would want to hear of them. */
const checks: readonly Check[] = [
  (command, entity) => (command.kinds.includes(entity.kind) ? undefined : { code: 'wrong-kind' }),
  (command, entity) => (needsAgent(command) && isAway(entity) ? { code: 'offline' } : undefined),
  ({ states }, { state }) =>
    !states || states.includes(state) ? undefined : { code: 'wrong-state', state },
  ({ permission }, entity) =>
    permission === undefined || holds(entity, permission)
      ? undefined
      : { code: 'no-permission', permission },
  ({ feature }, { agent }) =>
    feature === undefined || agent?.features.includes(feature)
      ? undefined
      : { code: 'no-feature', feature },
];

/** What stands in the way of giving this command to this entity; undefined: nothing. */
export function hindranceFor(command: PlatformCommand, entity: Entity): Hindrance | undefined {
  for (const check of checks) {
    const hindrance = check(command, entity);
    if (hindrance) return hindrance;
  }
  return undefined;
}

/** What stands in the way for a whole selection: a bulk command needs one entity that can take it. */
export function hindranceForAll(
  command: PlatformCommand,
  selection: readonly Entity[],
): Hindrance | undefined {
  if (command.kinds.length === 0) return undefined;
  const [first] = selection;
  if (!first) return { code: 'no-target' };
  if (selection.length > 1 && !command.bulk) return { code: 'one-target' };
  const hindrances = selection.map((entity) => hindranceFor(command, entity));
  return hindrances.includes(undefined) ? undefined : hindrances[0];
}

/** Whether a command of the window's own is for this entity at all. */
export function isFor({ kinds, forAway }: WindowCommand, entity: Entity): boolean {
  if (kinds && !kinds.includes(entity.kind)) return false;
  // What is known of old may have changed.
  return !forAway || isAway(entity) || entity.stale;
}

/** What stands in the way of a command of the window's own, whatever it has open. */
export function hindranceForWindow(
  command: WindowCommand,
  selection: readonly Entity[],
): Hindrance | undefined {
  const { kinds } = command;
  if (!kinds) return undefined;
  if (selection.length === 0) return { code: 'no-target' };
  if (selection.some((entity) => isFor(command, entity))) return undefined;
  const isOfKind = selection.some(({ kind }) => kinds.includes(kind));
  return { code: isOfKind ? 'not-offline' : 'wrong-kind' };
}

/** What the entity's own agent has to do cannot be asked of it while it is away. */
function needsAgent(command: PlatformCommand): boolean {
  return [command.states, command.permission, command.feature].some((need) => need !== undefined);
}

function isAway(entity: Entity): boolean {
  return entity.state === 'offline' || entity.state === 'unknown';
}

/** Permissions not asked for yet do not stand in the way: the agent decides. */
function holds(entity: Entity, permission: string): boolean {
  const own = entity.permissions;
  return own === 'unknown' || own === 'all' || own.includes(permission) || own.includes('all');
}
