import type { CommandId } from '../../commands/table.ts';

export interface CommandWords {
  /** As a button or a menu item says it; an ellipsis where a form follows. */
  readonly title: string;
  /** What it does to its targets, for a confirmation; only where something can be lost. */
  readonly effect?: string;
  /** How it is asked about one target, where the title and the name do not make a sentence. */
  readonly question?: (name: string) => string;
  /** What it is asked of, where that is in the input and its targets only follow from it. */
  readonly about?: (input: Readonly<Record<string, unknown>>) => string;
}

function groupName(group: unknown): string {
  return typeof group === 'string' ? group.replaceAll('::', ' › ') : '';
}

export const commands: Readonly<Record<CommandId, CommandWords>> = {
  'vm.start': { title: 'Start' },
  'vm.pause': { title: 'Pause' },
  'vm.resume': { title: 'Resume' },
  'vm.shut-down': {
    title: 'Shut down',
    effect: 'The guest is asked to shut down. It may take a while or refuse.',
  },
  'vm.reboot': { title: 'Reboot', effect: 'The guest is asked to reboot.' },
  'vm.force-off': {
    title: 'Force off',
    effect: 'Power is cut at once. What the guest has not written to disk is lost.',
  },
  'vm.set-memory': { title: 'Set memory…', effect: 'The memory of the running guest changes.' },
  'vm.set-processors': {
    title: 'Set processors…',
    effect: 'The number of processors of the running guest changes.',
  },
  'vm.set-autostart': { title: 'Start with the host…' },
  'hypervisor.new-vm': { title: 'New virtual machine…' },
  'vm.clone': { title: 'Clone…' },
  'vm.edit-information': { title: 'Edit information…' },
  'hypervisor.manage': { title: 'Manage…' },
  'vm.unmanage': {
    title: 'Stop managing',
    effect: 'It leaves the roster. The domain and its disks stay as they are on the host.',
  },
  'vm.undefine': {
    title: 'Undefine',
    effect: 'The definition is removed from the host. Disks stay.',
  },
  'vm.delete': {
    title: 'Delete…',
    effect: 'The virtual machine, its definition and the disks in its folder are deleted for good.',
  },
  'contact.add': { title: 'Add contact…' },
  'contact.rename': { title: 'Rename…' },
  'contact.set-groups': { title: 'Move to group…' },
  'contact.ask-subscription': { title: 'Ask for presence' },
  'contact.drop-subscription': {
    title: 'Stop watching presence',
    effect: 'Its state is no longer shown until presence is asked for again.',
  },
  'contact.remove': {
    title: 'Remove from roster',
    question: (name) => `Remove ${name} from the roster?`,
    effect: 'It leaves the roster. Nothing changes on the host.',
  },
  'contact.answer-request': { title: 'Answer request' },
  'group.rename': {
    title: 'Rename group',
    about: ({ from, to }) => `Rename group ${groupName(from)} to ${groupName(to)}?`,
  },
  'group.delete': {
    title: 'Delete group',
    about: ({ group }) => `Delete group ${groupName(group)}?`,
    effect:
      'Its members move to the group that holds it, or to none. They stay in the roster, and nothing changes on a host.',
  },
  'entity.set-tags': { title: 'Set tags…' },
  'entity.check-now': { title: 'Check now' },
  'app.palette': { title: 'Command palette' },
  'app.settings': { title: 'Settings' },
  'app.accounts': { title: 'Accounts' },
  'app.notifications': { title: 'Notifications' },
  'app.runs': { title: 'What has been done' },
  'app.new-window': { title: 'New window' },
  'app.start-demo': { title: 'Explore the demo platform' },
  'app.stop-demo': { title: 'Leave the demo platform' },
  'app.tour': { title: 'Take the tour' },
  'app.theme': { title: 'Switch between light and dark' },
  'app.open-link': { title: 'Open link' },
  'account.connect': { title: 'Connect' },
  'account.disconnect': { title: 'Disconnect' },
  'roster.filter': { title: 'Filter the roster' },
  'roster.arrangement': { title: 'Arrange by host or by group' },
  'roster.by-host': { title: 'Roster by host' },
  'roster.by-group': { title: 'Roster by group' },
  'roster.show': { title: 'Show or hide the roster' },
  'roster.hide-offline': { title: 'Hide what is offline' },
  'roster.expand-all': { title: 'Expand all' },
  'roster.collapse-all': { title: 'Collapse all' },
  'roster.add-group': { title: 'New group…' },
  'roster.rename-group': { title: 'Rename group…' },
  'roster.delete-group': { title: 'Delete group' },
  'theme.system': { title: 'Theme of the system' },
  'theme.light': { title: 'Light theme' },
  'theme.dark': { title: 'Dark theme' },
  'panel.open': { title: 'Open panel' },
  'panel.overview': { title: 'Overview' },
  'panel.controls': { title: 'Controls' },
  'panel.machines': { title: 'Virtual machines' },
  'panel.stanzas': { title: 'Stanzas' },
  'panel.keep': { title: 'Keep this panel' },
  'panel.move-right': { title: 'Move panel to the right' },
  'panel.move-below': { title: 'Move panel below' },
  'panel.close': { title: 'Close panel' },
  'panel.next': { title: 'Next panel' },
  'panel.previous': { title: 'Previous panel' },
  'panel.tab-left': { title: 'Move tab left' },
  'panel.tab-right': { title: 'Move tab right' },
  'workspace.open': { title: 'Open workspace' },
  'workspace.open-beside': { title: 'Open workspace in a new window' },
  'workspace.add': { title: 'Show the panels of a workspace beside these' },
  'workspace.new': { title: 'New workspace…' },
  'workspace.duplicate': { title: 'Duplicate workspace…' },
  'workspace.rename': { title: 'Rename workspace…' },
  'workspace.delete': { title: 'Delete workspace…' },
  'workspace.reset': { title: 'Reset workspace' },
  'workspace.export': { title: 'Export workspace…' },
  'workspace.import': { title: 'Import workspace…' },
  'workspace.bring-parked': { title: 'Bring waiting windows to this display' },
  'panel.move-to-window': { title: 'Move panel to window' },
  'panel.move-to-display': { title: 'Move panel to display' },
  'panel.move-to-new-window': { title: 'Move panel to a new window' },
  'time.forget': { title: 'Forget the shared moment' },
  'entity.copy-jid': { title: 'Copy JID' },
  'entity.copy-name': { title: 'Copy name' },
  'entity.why-offline': { title: 'Why is it offline?' },
  'help.documentation': { title: 'Documentation' },
  'help.shortcuts': { title: 'Keyboard shortcuts' },
  'help.changes': { title: 'What is new' },
  'help.report': { title: 'Report a problem…' },
  'help.support': { title: 'Support' },
  'help.about': { title: 'About Archipel' },
};
