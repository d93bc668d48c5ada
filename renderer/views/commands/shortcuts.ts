import { commands } from '../../../core/commands/table.ts';
import type { Command } from '../../../core/commands/define-command.ts';
import { isShortcut } from '../../ui/shortcut.ts';

const all: readonly Command[] = commands;
const withShortcut = all.flatMap(({ id, shortcut }) =>
  shortcut === undefined ? [] : [{ id, shortcut }],
);

/** Of a key press that nothing in the page used: the command it stands for. */
export function commandOf(event: KeyboardEvent): string | undefined {
  if (event.defaultPrevented || event.isComposing) return undefined;
  return withShortcut.find(({ shortcut }) => isShortcut(shortcut, event))?.id;
}
