import { Menu, type MenuItemConstructorOptions } from 'electron';
import * as v from 'valibot';
import type { CommandGroup, WindowCommand } from '../../core/commands/define-command.ts';
import { windowCommands } from '../../core/commands/window-commands.ts';
import type { Messages } from '../../core/messages/catalogue.ts';

/** Runs a command in the window that has the focus. */
export type RunInWindow = (command: string) => void;

/** Shows the operating system's menu, made from the command table. */
export function showApplicationMenu(messages: Messages, run: RunInWindow): void {
  const { menus } = messages;
  const menu = Menu.buildFromTemplate([
    ...(process.platform === 'darwin' ? [{ role: 'appMenu' } as const] : []),
    {
      label: menus.archipel,
      submenu: [...itemsOf('app', messages, run), { type: 'separator' }, { role: 'quit' }],
    },
    { role: 'editMenu' },
    {
      label: menus.view,
      submenu: [
        ...itemsOf('view', messages, run),
        { type: 'separator' },
        { role: 'resetZoom' },
        { role: 'zoomIn' },
        { role: 'zoomOut' },
        { type: 'separator' },
        { role: 'togglefullscreen' },
      ],
    },
    { role: 'windowMenu' },
    { role: 'help', label: menus.help, submenu: itemsOf('help', messages, run) },
  ]);
  Menu.setApplicationMenu(menu);
}

function itemsOf(
  group: CommandGroup,
  messages: Messages,
  run: RunInWindow,
): MenuItemConstructorOptions[] {
  const all: readonly WindowCommand[] = windowCommands;
  return all
    .filter((command) => command.group === group && isWithoutInput(command))
    .map(({ id, shortcut }) => ({
      label: titleOf(id, messages),
      // The page listens for the keys itself, so that they work the same on every system.
      ...(shortcut
        ? { accelerator: shortcut.replace('Mod', 'CommandOrControl'), registerAccelerator: false }
        : {}),
      click: () => {
        run(id);
      },
    }));
}

/** Commands that want a subject or an input are offered where there is one. */
function isWithoutInput({ input, kinds }: WindowCommand): boolean {
  return kinds === undefined && v.safeParse(input, {}).success;
}

function titleOf(id: string, messages: Messages): string {
  const table: Readonly<Record<string, { title: string }>> = messages.commands;
  return table[id]?.title ?? id;
}
