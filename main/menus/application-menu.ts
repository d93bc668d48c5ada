import { Menu, type MenuItemConstructorOptions } from 'electron';
import * as v from 'valibot';
import type { CommandGroup, WindowCommand } from '../../core/commands/define-command.ts';
import { markOf } from '../../core/commands/marks.ts';
import { windowCommands } from '../../core/commands/window-commands.ts';
import type { Settings } from '../../core/contract/settings.ts';
import type { Messages } from '../../core/messages/catalogue.ts';

/** Runs a command in the window that has the focus. */
export type RunInWindow = (command: string) => void;

/** Shows the operating system's menu, made from the command table. */
export function showApplicationMenu(
  messages: Messages,
  settings: Settings,
  run: RunInWindow,
): void {
  const { menus } = messages;
  const menu = Menu.buildFromTemplate([
    ...(process.platform === 'darwin' ? [{ role: 'appMenu' } as const] : []),
    {
      label: menus.archipel,
      submenu: [
        ...itemsOf('app', messages, settings, run),
        { type: 'separator' },
        { role: 'quit' },
      ],
    },
    { role: 'editMenu' },
    {
      label: menus.view,
      submenu: [
        ...itemsOf('view', messages, settings, run),
        { type: 'separator' },
        { role: 'resetZoom' },
        { role: 'zoomIn' },
        { role: 'zoomOut' },
        { type: 'separator' },
        { role: 'togglefullscreen' },
      ],
    },
    {
      label: menus.workspace,
      submenu: [
        ...itemsOf('workspace', messages, settings, run),
        { type: 'separator' },
        ...itemsOf('panel', messages, settings, run),
      ],
    },
    { role: 'windowMenu' },
    { role: 'help', label: menus.help, submenu: itemsOf('help', messages, settings, run) },
  ]);
  Menu.setApplicationMenu(menu);
}

function itemsOf(
  group: CommandGroup,
  messages: Messages,
  settings: Settings,
  run: RunInWindow,
): MenuItemConstructorOptions[] {
  const all: readonly WindowCommand[] = windowCommands;
  const shown = all.filter((command) => command.group === group && isForMenu(command));
  return shown.flatMap(({ id, shortcut }, at) => {
    const mark = markOf(id, settings);
    const before = shown[at - 1];
    const apart = before !== undefined && markOf(before.id, settings)?.set !== mark?.set;
    const item: MenuItemConstructorOptions = {
      label: titleOf(id, messages),
      ...(mark
        ? { type: mark.kind === 'radio' ? 'radio' : 'checkbox', checked: mark.checked }
        : {}),
      // The page listens for the keys itself, so that they work the same on every system.
      ...(shortcut
        ? { accelerator: shortcut.replace('Mod', 'CommandOrControl'), registerAccelerator: false }
        : {}),
      click: () => {
        run(id);
      },
    };
    return apart ? [{ type: 'separator' as const }, item] : [item];
  });
}

/** Commands that want a subject or an input are offered where there is one. */
function isForMenu({ input, kinds, turns }: WindowCommand): boolean {
  return kinds === undefined && turns !== true && v.safeParse(input, {}).success;
}

function titleOf(id: string, messages: Messages): string {
  const table: Readonly<Record<string, { title: string }>> = messages.commands;
  return table[id]?.title ?? id;
}
