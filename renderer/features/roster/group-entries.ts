import type { Command } from '../../../core/commands/define-command.ts';
import { findCommand, platformCommands } from '../../../core/commands/table.ts';
import type { Messages } from '../../../core/messages/catalogue.ts';
import { commandEntries } from '../../parts/command-entries.ts';
import type { SelectedGroup } from '../../state/selection-store.svelte.ts';
import type { Stores } from '../../state/stores.ts';
import type { MenuEntry } from '../../ui/menu-entry.ts';

const OF_GROUP = ['contact.add', 'roster.add-group', 'roster.rename-group', 'roster.delete-group'];
const ofGroup = OF_GROUP.flatMap((id) => findCommand(id) ?? []);
const ofMachines: readonly Command[] = [
  ...platformCommands.filter(({ group }) => group === 'power'),
  ...['panel.wall'].flatMap((id) => findCommand(id) ?? []),
];

/** The menu of a group in the roster: what can be done to it, and what to the machines in it. */
export function groupEntries(
  { members }: SelectedGroup,
  { commands, inventory }: Pick<Stores, 'commands' | 'inventory'>,
  words: Messages,
): readonly MenuEntry[] {
  const machines = inventory.pick(members).filter(({ kind }) => kind === 'virtualmachine');
  const own = commandEntries(ofGroup, [], commands, words);
  if (machines.length === 0) return own;
  const heading: MenuEntry = {
    kind: 'heading',
    key: 'machines',
    label: words.roster.groupMachines(machines.length),
  };
  const all = commandEntries(ofMachines, machines, commands, words);
  return [...own, { kind: 'separator', key: 'below' }, heading, ...all];
}
