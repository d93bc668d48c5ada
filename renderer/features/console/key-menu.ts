import type { CommandId } from '../../../core/commands/table.ts';
import type { Messages } from '../../../core/messages/catalogue.ts';
import { HELD_KEYS, KEY_COMBINATIONS, type HeldKey } from '../../../core/rfb/key-combinations.ts';
import type { MenuEntry } from '../../ui/menu-entry.ts';

/** The menu of keys that the user's own system keeps for itself, and of those that can be held. */
export function keyMenu(
  words: Messages['console'],
  held: ReadonlySet<HeldKey>,
  give: (command: CommandId, input: object) => void,
): readonly MenuEntry[] {
  const combinations = Object.keys(KEY_COMBINATIONS).map((keys): MenuEntry => ({
    kind: 'item',
    key: keys,
    label: keys,
    onselect: () => give('console.send-keys', { keys }),
  }));
  const holds = HELD_NAMES.map((key): MenuEntry => ({
    kind: 'item',
    key: `hold ${key}`,
    label: key,
    checked: held.has(key),
    onselect: () => give('console.hold-key', { key }),
  }));
  return [
    { kind: 'heading', key: 'held', label: words.held },
    ...holds,
    { kind: 'separator', key: 'between' },
    { kind: 'heading', key: 'together', label: words.together },
    ...combinations,
  ];
}

const HELD_NAMES = Object.keys(HELD_KEYS).filter((name): name is HeldKey => name in HELD_KEYS);
