import * as v from 'valibot';
import { Failure } from '../contract/explanation.ts';
import { BareJid } from '../domain/jid.ts';
import { window } from './define-command.ts';
import { workspaceCommands } from './workspace-commands.ts';

const nothing = v.strictObject({});
/** A roster group by its whole name; the one that is selected in the roster unless given. */
const ofGroup = v.strictObject({ group: v.optional(v.pipe(v.string(), v.maxLength(500))) });
const everyone = ['hypervisor', 'virtualmachine', 'central-agent', 'user'] as const;

export const windowCommands = [
  window({ id: 'app.palette', icon: 'search', group: 'app', input: nothing, shortcut: 'Mod+K' }),
  window({ id: 'app.settings', icon: 'settings', group: 'app', input: nothing, shortcut: 'Mod+,' }),
  window({ id: 'app.accounts', icon: 'user', group: 'app', input: nothing }),
  window({ id: 'app.notifications', icon: 'bell', group: 'app', input: nothing }),
  /** Shows what stands behind an error, from wherever it is told. */
  window({ id: 'app.explain', icon: 'circle-help', group: 'app', input: Failure }),
  window({ id: 'app.runs', icon: 'list-checks', group: 'app', input: nothing }),
  window({
    id: 'app.new-window',
    icon: 'app-window',
    group: 'app',
    input: nothing,
    shortcut: 'Mod+Shift+N',
  }),
  window({ id: 'app.start-demo', icon: 'ship', group: 'app', input: nothing }),
  window({ id: 'app.stop-demo', icon: 'anchor', group: 'app', input: nothing }),
  window({ id: 'app.tour', icon: 'compass', group: 'app', input: nothing }),
  window({ id: 'app.theme', icon: 'sun-moon', group: 'app', input: nothing, turns: true }),
  /** An `xmpp:` link: shows the entity, or proposes to add it. */
  window({
    id: 'app.open-link',
    icon: 'link',
    group: 'app',
    input: v.strictObject({ jid: BareJid }),
  }),
  window({
    id: 'account.connect',
    icon: 'plug',
    group: 'app',
    input: v.strictObject({ jid: BareJid }),
  }),
  window({
    id: 'account.disconnect',
    icon: 'unplug',
    group: 'app',
    input: v.strictObject({ jid: BareJid }),
  }),
  window({ id: 'roster.filter', icon: 'search', group: 'view', input: nothing, shortcut: 'Mod+F' }),
  window({
    id: 'roster.arrangement',
    icon: 'list-tree',
    group: 'view',
    input: nothing,
    turns: true,
  }),
  window({ id: 'roster.by-host', icon: 'server', group: 'view', input: nothing }),
  window({ id: 'roster.by-group', icon: 'folder', group: 'view', input: nothing }),
  window({
    id: 'roster.show',
    icon: 'panel-left',
    group: 'view',
    input: nothing,
    shortcut: 'Mod+B',
  }),
  window({ id: 'roster.hide-offline', icon: 'eye-off', group: 'view', input: nothing }),
  window({ id: 'roster.expand-all', icon: 'unfold-vertical', group: 'view', input: nothing }),
  window({ id: 'roster.collapse-all', icon: 'fold-vertical', group: 'view', input: nothing }),
  /** In the group that is selected, where one is. */
  window({ id: 'roster.add-group', icon: 'folder-plus', group: 'view', input: ofGroup }),
  window({
    id: 'roster.rename-group',
    icon: 'folder-pen',
    group: 'view',
    input: ofGroup,
    needsGroup: true,
  }),
  window({
    id: 'roster.delete-group',
    icon: 'folder-minus',
    group: 'view',
    input: ofGroup,
    needsGroup: true,
  }),
  window({ id: 'theme.system', icon: 'sun-moon', group: 'view', input: nothing }),
  window({ id: 'theme.light', icon: 'sun', group: 'view', input: nothing }),
  window({ id: 'theme.dark', icon: 'moon', group: 'view', input: nothing }),
  window({
    id: 'panel.open',
    icon: 'panel-top',
    group: 'panel',
    input: v.strictObject({ panel: v.string(), subject: v.string() }),
  }),
  window({ id: 'panel.overview', icon: 'info', group: 'panel', input: nothing, kinds: everyone }),
  window({
    id: 'panel.controls',
    icon: 'sliders-horizontal',
    group: 'panel',
    input: nothing,
    kinds: ['virtualmachine'],
  }),
  window({
    id: 'panel.machines',
    icon: 'server',
    group: 'panel',
    input: nothing,
    kinds: ['hypervisor'],
  }),
  window({
    id: 'panel.users',
    icon: 'users',
    group: 'panel',
    input: nothing,
    kinds: ['hypervisor', 'central-agent'],
  }),
  /** All that are given in one panel, compared in its graphs. */
  window({
    id: 'panel.health',
    icon: 'activity',
    group: 'panel',
    input: nothing,
    kinds: ['hypervisor', 'virtualmachine'],
  }),
  window({ id: 'panel.dashboard', icon: 'gauge', group: 'panel', input: nothing }),
  window({ id: 'panel.stanzas', icon: 'code', group: 'panel', input: nothing }),
  /** The logs of all hypervisors. */
  window({ id: 'panel.logs', icon: 'scroll-text', group: 'panel', input: nothing }),
  /** Its own log; of a machine, what its hypervisor says of it. */
  window({
    id: 'panel.log-of',
    icon: 'scroll-text',
    group: 'panel',
    input: nothing,
    kinds: ['hypervisor', 'virtualmachine'],
  }),
  /** The panel in front stops following the selection and keeps what it shows. */
  window({ id: 'panel.keep', icon: 'pin', group: 'panel', input: nothing }),
  window({ id: 'panel.move-right', icon: 'panel-right', group: 'panel', input: nothing }),
  window({ id: 'panel.move-below', icon: 'panel-bottom', group: 'panel', input: nothing }),
  window({ id: 'panel.close', icon: 'x', group: 'panel', input: nothing, shortcut: 'Mod+W' }),
  window({
    id: 'panel.next',
    icon: 'arrow-right',
    group: 'panel',
    input: nothing,
    shortcut: 'Ctrl+Tab',
  }),
  window({
    id: 'panel.previous',
    icon: 'arrow-left',
    group: 'panel',
    input: nothing,
    shortcut: 'Ctrl+Shift+Tab',
  }),
  /** Among the tabs it stands with. */
  window({
    id: 'panel.tab-left',
    icon: 'arrow-left-to-line',
    group: 'panel',
    input: nothing,
    shortcut: 'Ctrl+Shift+PageUp',
  }),
  window({
    id: 'panel.tab-right',
    icon: 'arrow-right-to-line',
    group: 'panel',
    input: nothing,
    shortcut: 'Ctrl+Shift+PageDown',
  }),
  ...workspaceCommands,
  window({
    id: 'entity.copy-jid',
    icon: 'copy',
    group: 'contact',
    input: nothing,
    kinds: everyone,
  }),
  window({
    id: 'entity.copy-name',
    icon: 'copy',
    group: 'contact',
    input: nothing,
    kinds: everyone,
  }),
  window({
    id: 'entity.why-offline',
    icon: 'circle-help',
    group: 'contact',
    input: nothing,
    kinds: everyone,
    forAway: true,
  }),
  window({
    id: 'help.documentation',
    icon: 'book-open',
    group: 'help',
    input: nothing,
    shortcut: 'F1',
  }),
  window({
    id: 'help.shortcuts',
    icon: 'keyboard',
    group: 'help',
    input: nothing,
    shortcut: 'Mod+F1',
  }),
  window({ id: 'help.changes', icon: 'history', group: 'help', input: nothing }),
  /** `failure`: what it is about, where something went wrong. */
  window({
    id: 'help.report',
    icon: 'life-buoy',
    group: 'help',
    input: v.strictObject({ failure: v.optional(Failure) }),
  }),
  window({ id: 'help.support', icon: 'heart-handshake', group: 'help', input: nothing }),
  window({ id: 'help.about', icon: 'info', group: 'help', input: nothing }),
] as const;
