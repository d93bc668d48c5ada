import type { EntityId } from '../../../core/domain/entity.ts';
import { parentGroup, withGroupMoved } from '../../../core/domain/group-path.ts';
import type { Messages } from '../../../core/messages/catalogue.ts';
import type { RosterModel } from '../../features/roster/roster-model.svelte.ts';
import { groupKey } from '../../features/roster/roster-tree.ts';
import { membersOf } from '../../state/roster-groups.ts';
import type { Stores } from '../../state/stores.ts';

/** What groups are changed through. */
export interface GroupParts {
  readonly stores: Stores;
  readonly roster: RosterModel;
  readonly words: Messages;
}

function idsIn({ stores }: GroupParts, group: string): readonly EntityId[] {
  return membersOf(stores.inventory.all(), group).map(({ id }) => id);
}

function keep({ settings, notices }: Stores, groups: readonly string[]): Promise<void> {
  return settings.change({ groups: [...new Set(groups)] }, notices);
}

/** Makes a group. A roster has none without a member, so it is kept in the settings. */
export async function addGroup(
  { stores, roster, words }: GroupParts,
  group: string,
): Promise<boolean> {
  const { settings, notices } = stores;
  await keep(stores, [...settings.current.groups, group]);
  if (settings.current.arrangement === 'by-host') {
    await settings.change({ arrangement: 'by-group' }, notices);
    notices.say({ level: 'info', title: words.forms.group.byGroup });
  }
  const parent = parentGroup(group);
  if (parent !== undefined) stores.layout.setCollapsed([groupKey(parent)], false);
  roster.choose(groupKey(group), 'one');
  return true;
}

/** Gives a group, with all that is nested in it, another name; false when the user did not want it after all. */
export async function renameGroup(parts: GroupParts, from: string, to: string): Promise<boolean> {
  const { stores, roster } = parts;
  const { commands, layout, settings } = stores;
  const members = idsIn(parts, from);
  if (members.length > 0 && !(await commands.give('group.rename', members, { from, to })))
    return false;
  await keep(stores, withGroupMoved(settings.current.groups, from, to));
  if (layout.isCollapsed(groupKey(from))) layout.setCollapsed([groupKey(to)], true);
  roster.choose(groupKey(to), 'one');
  return true;
}

/** Takes a group away. Its members move to the group that holds it, or to none. */
export async function deleteGroup(parts: GroupParts, group: string): Promise<void> {
  const { stores, roster } = parts;
  const { commands, settings } = stores;
  const members = idsIn(parts, group);
  if (members.length > 0 && !(await commands.give('group.delete', members, { group }))) return;
  const parent = parentGroup(group);
  const others = settings.current.groups.filter((one) => one !== group);
  await keep(stores, withGroupMoved(others, group, parent));
  if (parent === undefined) roster.clearSelection();
  else roster.choose(groupKey(parent), 'one');
}
