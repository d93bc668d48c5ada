import { avatar } from './avatar.ts';
import type { Action, ActionGroup } from './define-action.ts';
import { definitionText } from './definition-text.ts';
import { health } from './health.ts';
import { hypervisorControl } from './hypervisor-control.ts';
import { hypervisorInfo } from './hypervisor-info.ts';
import { log } from './log.ts';
import { outcome } from './outcome.ts';
import { permissionActions } from './permission-actions.ts';
import { statistics } from './statistics.ts';
import { subscription } from './subscription.ts';
import { tags } from './tags.ts';
import { vmConsole } from './vm-console.ts';
import { vmControl } from './vm-control.ts';
import { vmDefinition } from './vm-definition.ts';
import { vnc } from './vnc.ts';
import { xmppUsers } from './xmpp-users.ts';

/** The actions by the short module names that people use: `vm.info`, `hypervisor.alloc`. */
export const MODULES = {
  hypervisor: hypervisorControl,
  'hypervisor-info': hypervisorInfo,
  vm: vmControl,
  definition: vmDefinition,
  'definition-text': definitionText,
  permissions: permissionActions,
  subscription,
  tags,
  avatar,
  outcome,
  health,
  statistics,
  log,
  vnc,
  console: vmConsole,
  users: xmppUsers,
} as const satisfies Readonly<Record<string, ActionGroup>>;

export type ModuleName = keyof typeof MODULES;

export const MODULE_NAMES = Object.keys(MODULES) as readonly ModuleName[];

/** An action with the short name of its module. */
export interface ListedAction {
  readonly module: ModuleName;
  readonly action: Action;
}

export const ALL_ACTIONS: readonly ListedAction[] = MODULE_NAMES.flatMap((module) => {
  const group: ActionGroup = MODULES[module];
  return Object.values(group).map((action) => ({ module, action }));
});

const BY_PLACE = new Map(ALL_ACTIONS.map(({ action }) => [placeOf(action), action]));

function placeOf(action: { readonly namespace: string; readonly name: string }): string {
  return `${action.namespace} ${action.name}`;
}

/** The action of that name in that namespace; undefined when this version does not know it. */
export function findAction(namespace: string, name: string): Action | undefined {
  return BY_PLACE.get(placeOf({ namespace, name }));
}

/** The namespaces that agents of ours announce by disco#info for entities of this kind. */
export function announcedNamespaces(
  kind: 'hypervisor' | 'virtualmachine' | 'central-agent',
): readonly string[] {
  const own = ALL_ACTIONS.filter(
    ({ action }) => action.origin === 'ours' && (action.entity === kind || action.entity === 'any'),
  );
  return [...new Set(own.map(({ action }) => action.namespace))];
}
