import type { CommandId } from '../../../core/commands/table.ts';
import type { DisplayFacts } from '../../../core/contract/workspaces.ts';
import { SCREEN_QUALITIES, type ConsoleSettings } from '../../../core/domain/console-settings.ts';
import type { Messages } from '../../../core/messages/catalogue.ts';
import type { MenuEntry } from '../../ui/menu-entry.ts';
import type { Scale } from './screen.ts';

type Item = Extract<MenuEntry, { readonly kind: 'item' }>;

/** How the menu of a screen names, draws and gives a command of the table. */
export interface ScreenMenuParts {
  readonly words: Messages['console'];
  readonly settings: ConsoleSettings;
  /** How the screen is shown; undefined while none is there. */
  readonly scale: Scale | undefined;
  /** A command without an input as an item: its title, icon, and why it cannot be given. */
  readonly item: (command: CommandId) => Item;
  readonly displays: readonly DisplayFacts[];
  readonly sizeOf: (width: number, height: number) => string;
  /** Why no display can be filled now. */
  readonly reason: string | undefined;
  readonly give: (command: CommandId, input: object) => void;
}

/** The menu of what can be done with a screen besides typing: its size, its clipboard, its picture. */
export function screenMenu(parts: ScreenMenuParts): readonly MenuEntry[] {
  const { words, settings, scale, item, give } = parts;
  const ticked = (command: CommandId, checked = false): Item => ({ ...item(command), checked });
  const qualities = SCREEN_QUALITIES.map((quality): Item => ({
    kind: 'item',
    key: `quality ${quality}`,
    label: words.qualities[quality],
    checked: (settings.quality ?? 'auto') === quality,
    radio: true,
    onselect: () => give('console.set-quality', { quality }),
  }));
  return [
    { ...ticked('console.fit', scale === 'fit'), radio: true },
    { ...ticked('console.actual-size', scale === 1), radio: true },
    item('console.zoom-in'),
    item('console.zoom-out'),
    ticked('console.resize-guest', settings.resizesGuest),
    ...displayItems(parts),
    { kind: 'separator', key: 'before clipboard' },
    ticked('console.share-clipboard', settings.sharesClipboard),
    item('console.give-clipboard'),
    item('console.take-clipboard'),
    { kind: 'separator', key: 'before picture' },
    item('console.copy-picture'),
    item('console.save-picture'),
    ticked('console.keep-past', settings.keepsPast),
    { kind: 'separator', key: 'before quality' },
    { kind: 'heading', key: 'quality', label: words.quality },
    ...qualities,
  ];
}

/** One for each display; with one alone the button of the bar does it. */
function displayItems(parts: ScreenMenuParts): readonly Item[] {
  const { words, displays, sizeOf, reason, give } = parts;
  if (displays.length < 2) return [];
  return displays.map(({ id, label, width, height }, at) => ({
    kind: 'item',
    key: `display ${id}`,
    icon: 'maximize',
    label: words.fullScreenOn(at + 1, label, sizeOf(width, height)),
    reason,
    onselect: () => give('console.full-screen-on', { display: id }),
  }));
}
