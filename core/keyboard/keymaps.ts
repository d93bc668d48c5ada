import type { KeymapId, LayoutId } from './layout.ts';

/** One of QEMU's keymaps, as `-k` and `graphics/@keymap` name it. */
interface Keymap {
  /** The layout that the guest most likely has; undefined where we have none of that country. */
  readonly guest: LayoutId | undefined;
  /** Whose names its keys have; undefined where they have names that no client sends. */
  readonly names: KeymapId | undefined;
}

function same(id: LayoutId): Keymap {
  return { guest: id, names: id };
}

/**
 * What is in QEMU's keymaps (pc-bios/keymaps), and who has them. "fr" and "de" were made from the
 * variants without dead keys, "bepo" from the French Dvorak layout, and "et" from the Ethiopian
 * layout, whose code it is. "ch" and "nl-be" are names of old versions.
 */
const KEYMAPS: Readonly<Record<string, Keymap>> = {
  ar: { guest: undefined, names: undefined },
  bepo: { guest: 'fr-bepo', names: 'fr-dvorak' },
  ch: same('ch-de'),
  cz: same('cz'),
  da: same('dk'),
  de: { guest: 'de', names: 'de-nodead' },
  'de-ch': same('ch-de'),
  'en-gb': same('gb'),
  'en-us': { guest: 'us', names: 'us-keymap' },
  es: same('es'),
  et: { guest: 'ee', names: undefined },
  fi: same('fi'),
  fo: { guest: undefined, names: undefined },
  fr: { guest: 'fr', names: 'fr-nodead' },
  'fr-be': same('be'),
  'fr-ca': same('ca'),
  'fr-ch': same('ch-fr'),
  hr: same('hr'),
  hu: same('hu'),
  is: same('is'),
  it: same('it'),
  ja: { guest: 'jp', names: 'jp-keymap' },
  lt: same('lt'),
  lv: same('lv'),
  mk: { guest: undefined, names: undefined },
  nl: same('nl'),
  'nl-be': same('be'),
  no: same('no'),
  pl: same('pl'),
  pt: same('pt'),
  'pt-br': same('br'),
  ru: same('ru'),
  sl: { guest: 'si', names: undefined },
  sv: same('se'),
  th: { guest: undefined, names: undefined },
  tr: same('tr'),
};

/** QEMU's keymaps that may be written into a definition, in order. */
export const KEYMAP_NAMES: readonly string[] = Object.keys(KEYMAPS).filter(
  (name) => name !== 'ch' && name !== 'nl-be',
);

/** The layout that a guest probably has whose definition says `graphics/@keymap`. */
export function guestLayoutOf(keymap: string): LayoutId | undefined {
  return find(keymap)?.guest;
}

/**
 * The layout whose keysyms reach the guest's keys through a keymap; undefined where no keysym does,
 * so that only a definition without the keymap helps.
 */
export function keymapNamesOf(keymap: string): KeymapId | undefined {
  return find(keymap)?.names;
}

function find(keymap: string): Keymap | undefined {
  return Object.hasOwn(KEYMAPS, keymap) ? KEYMAPS[keymap] : undefined;
}
