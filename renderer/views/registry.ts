import type { Component } from 'svelte';
import type { EntityKind } from '../../core/domain/entity.ts';
import type { Messages } from '../../core/messages/catalogue.ts';
import type { PanelStates } from '../../core/messages/en/panels.ts';
import type { PermissionName } from '../../core/protocol/permissions.ts';
import type { EntityPanelProps, FreePanelProps, GroupPanelProps } from '../parts/panel.ts';
import type { IconName } from '../ui/icons.ts';
import { lazyPart, type LazyPart } from './dock/lazy-part.ts';

export type PanelId =
  | 'overview'
  | 'controls'
  | 'console'
  | 'wall'
  | 'machines'
  | 'users'
  | 'shell'
  | 'health'
  | 'dashboard'
  | 'serial'
  | 'stanzas'
  | 'logs';

interface Common {
  readonly title: (words: Messages) => string;
  readonly icon: IconName;
  /** The words of the states empty, loading, stale, denied, unsupported and failed. */
  readonly states: (words: Messages) => PanelStates;
}

/** A panel that shows an entity. */
export interface EntityPanel extends Common {
  readonly kinds: readonly EntityKind[];
  /** Without these it shows nothing but that they are missing. */
  readonly permissions: readonly PermissionName[];
  /** Its subject must be online; else the panel says that it is not. */
  readonly needsPresence: boolean;
  readonly component: LazyPart<Component<EntityPanelProps>>;
  /** Shows a group of the roster, when one is selected instead of an entity. */
  readonly groupComponent?: LazyPart<Component<GroupPanelProps>>;
  /** Stands where the panel was opened for nobody, and lets the user choose. */
  readonly chooser?: LazyPart<Component<FreePanelProps>>;
  /** Of whom it shows all there are when it was opened for nobody; there is nothing to choose. */
  readonly forAll?: 'allHypervisors' | 'allMachines';
}

/** A panel that has no subject. */
export interface FreePanel extends Common {
  readonly kinds: undefined;
  /** Stands in front only until something is selected. */
  readonly makesRoom?: true;
  readonly component: LazyPart<Component<FreePanelProps>>;
}

export type Panel = EntityPanel | FreePanel;

const everyone = ['hypervisor', 'virtualmachine', 'central-agent', 'user'] as const;

/** Every panel there is: one folder in features and one entry here. */
export const panels: Readonly<Record<PanelId, Panel>> = {
  overview: {
    title: (words) => words.panels.overview.title,
    icon: 'info',
    kinds: everyone,
    permissions: [],
    needsPresence: false,
    component: lazyPart(() => import('../features/overview/Overview.svelte')),
    groupComponent: lazyPart(() => import('../features/overview/GroupOverview.svelte')),
    states: (words) => words.panels.overview.states,
  },
  controls: {
    title: (words) => words.panels.controls.title,
    icon: 'sliders-horizontal',
    kinds: ['virtualmachine'],
    permissions: ['info'],
    needsPresence: true,
    component: lazyPart(() => import('../features/controls/Controls.svelte')),
    states: (words) => words.panels.controls.states,
  },
  console: {
    title: (words) => words.panels.console.title,
    icon: 'monitor',
    kinds: ['virtualmachine'],
    permissions: ['vnc_display'],
    needsPresence: true,
    component: lazyPart(() => import('../features/console/Console.svelte')),
    states: (words) => words.panels.console.states,
  },
  wall: {
    title: (words) => words.panels.wall.title,
    icon: 'layout-grid',
    kinds: ['hypervisor', 'virtualmachine'],
    permissions: [],
    needsPresence: false,
    component: lazyPart(() => import('../features/console/wall/Wall.svelte')),
    chooser: lazyPart(() => import('../features/console/wall/RunningWall.svelte')),
    forAll: 'allMachines',
    states: (words) => words.panels.wall.states,
  },
  machines: {
    title: (words) => words.panels.machines.title,
    icon: 'server',
    kinds: ['hypervisor'],
    permissions: ['rostervm'],
    needsPresence: true,
    component: lazyPart(() => import('../features/machines/Machines.svelte')),
    states: (words) => words.panels.machines.states,
  },
  users: {
    title: (words) => words.panels.users.title,
    icon: 'users',
    kinds: ['hypervisor', 'central-agent'],
    permissions: ['xmppserver_users_list'],
    needsPresence: true,
    component: lazyPart(() => import('../features/users/Users.svelte')),
    states: (words) => words.panels.users.states,
  },
  shell: {
    title: (words) => words.panels.shell.title,
    icon: 'square-terminal',
    kinds: ['hypervisor'],
    permissions: [],
    // SSH does not need the agent.
    needsPresence: false,
    component: lazyPart(() => import('../features/shell/Shell.svelte')),
    chooser: lazyPart(() => import('../features/shell/ShellChooser.svelte')),
    states: (words) => words.panels.shell.states,
  },
  serial: {
    title: (words) => words.panels.serial.title,
    icon: 'terminal',
    kinds: ['virtualmachine'],
    permissions: ['vnc_display'],
    needsPresence: true,
    component: lazyPart(() => import('../features/serial/Serial.svelte')),
    states: (words) => words.panels.serial.states,
  },
  logs: {
    title: (words) => words.panels.logs.title,
    icon: 'scroll-text',
    kinds: ['hypervisor', 'virtualmachine'],
    // Over SSH no permission of the agent is needed; without SSH the agent says what is missing.
    permissions: [],
    needsPresence: false,
    component: lazyPart(() => import('../features/logs/Logs.svelte')),
    chooser: lazyPart(() => import('../features/logs/AllLogs.svelte')),
    forAll: 'allHypervisors',
    states: (words) => words.panels.logs.states,
  },
  health: {
    title: (words) => words.panels.health.title,
    icon: 'activity',
    kinds: ['hypervisor', 'virtualmachine'],
    permissions: [],
    needsPresence: true,
    component: lazyPart(() => import('../features/health/Health.svelte')),
    states: (words) => words.panels.health.states,
  },
  dashboard: {
    title: (words) => words.panels.dashboard.title,
    icon: 'gauge',
    kinds: undefined,
    makesRoom: true,
    component: lazyPart(() => import('../features/dashboard/Dashboard.svelte')),
    states: (words) => words.panels.dashboard.states,
  },
  stanzas: {
    title: (words) => words.panels.stanzas.title,
    icon: 'code',
    kinds: undefined,
    component: lazyPart(() => import('../features/stanzas/Stanzas.svelte')),
    states: (words) => words.panels.stanzas.states,
  },
};

export function isPanelId(name: string): name is PanelId {
  return Object.hasOwn(panels, name);
}

/** Whether a panel leaves its place in front to the first selection. */
export function makesRoom(id: PanelId): boolean {
  const panel = panels[id];
  return panel.kinds === undefined && panel.makesRoom === true;
}

/** Whether a panel that was opened for nobody lets the user choose what it is to show. */
export function waitsForChoice(id: PanelId): boolean {
  const panel = panels[id];
  return panel.kinds !== undefined && panel.chooser !== undefined && panel.forAll === undefined;
}

/** What can be selected in the roster. */
export type SelectedKind = EntityKind | 'group';

/** Panels that follow the selection, those that suit what is selected, in order. */
export function followersFor(kind: SelectedKind): readonly PanelId[] {
  const ids: readonly PanelId[] = ['overview', 'controls', 'console', 'machines', 'health'];
  return ids.filter((id) => {
    const panel = panels[id];
    if (!panel.kinds) return false;
    return kind === 'group' ? panel.groupComponent !== undefined : panel.kinds.includes(kind);
  });
}

/** The panel that a double click on an entity opens. */
export function mainPanelFor(kind: EntityKind): PanelId {
  if (kind === 'virtualmachine') return 'controls';
  if (kind === 'central-agent') return 'users';
  return kind === 'hypervisor' ? 'machines' : 'overview';
}
