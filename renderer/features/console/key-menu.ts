import type { CommandId } from '../../../core/commands/table.ts';
import type { Messages } from '../../../core/messages/catalogue.ts';
import { COMBINATION_NAMES, HELD_KEYS, type HeldKey } from '../../../core/rfb/key-combinations.ts';
import type { MenuEntry } from '../../ui/menu-entry.ts';

/** What the menu of keys shows beside the keys. */
export interface KeyMenuState {
  /** The keys that are held down. */
  readonly held: ReadonlySet<HeldKey>;
  /** Keys that are pressed together go by libvirt's send-key. */
  readonly isThrough: boolean;
  /** The user chose that; otherwise no screen is there that could take them. */
  readonly isChosen: boolean;
  /** Why the hypervisor cannot press keys, in words. */
  readonly hindrance: string | undefined;
}

/** The menu of keys that the user's own system keeps for itself, and of those that can be held. */
export function keyMenu(
  words: Messages['console'],
  { held, isThrough, isChosen, hindrance }: KeyMenuState,
  give: (command: CommandId, input: object) => void,
): readonly MenuEntry[] {
  const combinations = COMBINATION_NAMES.map((keys): MenuEntry => ({
    kind: 'item',
    key: keys,
    label: words.combination(keys),
    reason: isThrough ? hindrance : undefined,
    onselect: () => give('console.send-keys', { keys }),
  }));
  const holds = HELD_NAMES.map((key): MenuEntry => ({
    kind: 'item',
    key: `hold ${key}`,
    label: key,
    checked: held.has(key),
    reason: isThrough && !isChosen ? words.noScreenToHold : undefined,
    onselect: () => give('console.hold-key', { key }),
  }));
  return [
    { kind: 'heading', key: 'held', label: words.held },
    ...holds,
    { kind: 'separator', key: 'between' },
    { kind: 'heading', key: 'together', label: words.together(isThrough) },
    {
      kind: 'item',
      key: 'through',
      label: words.throughHypervisor,
      checked: isThrough,
      reason: isChosen ? undefined : hindrance,
      onselect: () => give('console.keys-through-hypervisor', {}),
    },
    ...combinations,
  ];
}

const HELD_NAMES = Object.keys(HELD_KEYS).filter((name): name is HeldKey => name in HELD_KEYS);
