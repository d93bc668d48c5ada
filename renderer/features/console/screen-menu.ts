import type { CommandId } from '../../../core/commands/table.ts';
import {
  SCREEN_QUALITIES,
  type ConsoleSettings,
  type ScreenQuality,
} from '../../../core/domain/console-settings.ts';
import type { Messages } from '../../../core/messages/catalogue.ts';
import type { MenuEntry } from '../../ui/menu-entry.ts';

type Item = Extract<MenuEntry, { readonly kind: 'item' }>;

/** How the menu of a screen names, draws and gives a command of the table. */
export interface ScreenMenuParts {
  readonly words: Messages['console'];
  readonly settings: ConsoleSettings;
  /** A command without an input as an item: its title, icon, and why it cannot be given. */
  readonly item: (command: CommandId) => Item;
  readonly choose: (quality: ScreenQuality) => void;
}

/** The menu of what can be done with a screen besides typing: its size, its clipboard, its picture. */
export function screenMenu(parts: ScreenMenuParts): readonly MenuEntry[] {
  const { words, settings, item, choose } = parts;
  const ticked = (command: CommandId, checked = false): Item => ({ ...item(command), checked });
  const qualities = SCREEN_QUALITIES.map((quality): Item => ({
    kind: 'item',
    key: `quality ${quality}`,
    label: words.qualities[quality],
    checked: (settings.quality ?? 'auto') === quality,
    radio: true,
    onselect: () => choose(quality),
  }));
  return [
    ...(['console.fit', 'console.actual-size', 'console.zoom-in', 'console.zoom-out'] as const).map(
      item,
    ),
    ticked('console.resize-guest', settings.resizesGuest),
    { kind: 'separator', key: 'before clipboard' },
    ticked('console.share-clipboard', settings.sharesClipboard),
    item('console.give-clipboard'),
    item('console.take-clipboard'),
    { kind: 'separator', key: 'before picture' },
    item('console.copy-picture'),
    item('console.save-picture'),
    { kind: 'separator', key: 'before quality' },
    { kind: 'heading', key: 'quality', label: words.quality },
    ...qualities,
  ];
}
