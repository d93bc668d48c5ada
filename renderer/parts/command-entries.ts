import type { Hindrance } from '../../core/commands/availability.ts';
import type { Command, CommandGroup } from '../../core/commands/define-command.ts';
import { markOf } from '../../core/commands/marks.ts';
import { commands } from '../../core/commands/table.ts';
import type { Settings } from '../../core/contract/settings.ts';
import type { Entity, EntityId } from '../../core/domain/entity.ts';
import type { Messages } from '../../core/messages/catalogue.ts';
import type { CommandCenter } from '../state/command-center.svelte.ts';
import { isIconName, type IconName } from '../ui/icons.ts';
import type { MenuEntry } from '../ui/menu-entry.ts';

type Words = Pick<Messages, 'commands' | 'hindrance'>;

export function commandIcon(command: Command): IconName | undefined {
  return isIconName(command.icon) ? command.icon : undefined;
}

export function commandTitle(id: string, words: Pick<Messages, 'commands'>): string {
  const titles: Readonly<Record<string, { readonly title: string }>> = words.commands;
  return titles[id]?.title ?? id;
}

/** Its title where it is spoken of and not offered: without the dots that promise a question. */
export function commandName(id: string, words: Pick<Messages, 'commands'>): string {
  // The pseudo-language lengthens a text behind the dots.
  return commandTitle(id, words).replace(/…(?=·*$)/u, '');
}

/** Why a command cannot be given to these entities now, in words. */
export function commandReason(
  command: Command,
  targets: readonly Entity[],
  center: CommandCenter,
  words: Pick<Messages, 'hindrance'>,
): string | undefined {
  const hindrance = center.hindrance(command, targets);
  return hindrance && words.hindrance(hindrance);
}

/** Commands that need more than a click give nothing to choose, unless a form asks for the rest. */
export function canBeChosen(command: Command): boolean {
  if (command.surface === 'platform' && command.form) return true;
  const parsed = command.input['~standard'].validate({});
  return !(parsed instanceof Promise) && parsed.issues === undefined;
}

/** What is wanted most comes first: power, then what can be looked at; the rest as the table has it. */
const FIRST: readonly CommandGroup[] = ['power', 'panel'];

function rankOf({ group }: Command): number {
  const rank = FIRST.indexOf(group);
  return rank < 0 ? FIRST.length : rank;
}

/** Why a command makes no sense, where others are only not possible now. */
const SENSELESS: ReadonlySet<Hindrance['code']> = new Set([
  'wrong-kind',
  'no-target',
  'not-offline',
]);

/**
 * Those commands of the table that make sense for these entities at all, possible now or not. What only
 * an open console can do is in that console.
 */
export function commandsFor(
  targets: readonly Entity[],
  center: Pick<CommandCenter, 'hindrance'>,
): readonly Command[] {
  const all: readonly Command[] = commands;
  const offered = all.filter((command) => {
    if (command.group === 'console') return false;
    const code = center.hindrance(command, targets)?.code;
    if (code !== undefined && SENSELESS.has(code)) return false;
    return canBeChosen(command) && targets.some(({ kind }) => command.kinds?.includes(kind));
  });
  return offered.sort((a, b) => rankOf(a) - rankOf(b));
}

/** A menu of these commands for these entities, with a line between groups; given the settings, what they choose is marked. */
export function commandEntries(
  shown: readonly Command[],
  targets: readonly Entity[],
  center: CommandCenter,
  words: Words,
  settings?: Settings,
): readonly MenuEntry[] {
  const ids: readonly EntityId[] = targets.map(({ id }) => id);
  const markFor = (command: Command | undefined) =>
    command && settings ? markOf(command.id, settings) : undefined;
  return shown.flatMap((command, at): MenuEntry[] => {
    const mark = markFor(command);
    const item: MenuEntry = {
      kind: 'item',
      key: command.id,
      label: commandTitle(command.id, words),
      icon: commandIcon(command),
      shortcut: command.shortcut,
      reason: commandReason(command, targets, center, words),
      dangerous: command.surface === 'platform' && command.danger === 'destructive',
      onselect: () => center.choose(command.id, ids),
      ...(mark ? { checked: mark.checked, radio: mark.kind === 'radio' } : {}),
    };
    const before = shown[at - 1];
    const apart =
      before !== undefined &&
      (before.group !== command.group || markFor(before)?.set !== mark?.set);
    return apart ? [{ kind: 'separator', key: `before ${command.id}` }, item] : [item];
  });
}
