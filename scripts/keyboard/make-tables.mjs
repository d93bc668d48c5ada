import { linuxCodes, writingKeys } from './layout-sources.mjs';
import { parseCompose } from './parse-compose.mjs';
import { parseKeymap } from './parse-keymap.mjs';

const CAPS_LOCK = 0x3a;
/** Linux's number of the right Alt key. */
const RIGHT_ALT = 100;
const LAYERS = [0, 1, 2, 3];
const SHIFT = 1;
/** Where a key gives nothing. The space bar's own space never needs a place in a table. */
const NOTHING = ' ';
/** The first of a block for private use: a dead key is kept as this and its keysym's low byte. */
const DEAD_BLOCK = 0xe000;
const DEAD_KEYSYMS = 0xfe00;

/** What a keysym is in our tables: its character, a dead key's mark, or undefined. */
function cellOf(keysym, keysyms) {
  if (keysym === undefined) return undefined;
  const isDead = keysym >= DEAD_KEYSYMS + 0x50 && keysym < DEAD_KEYSYMS + 0xa0;
  if (isDead) return String.fromCodePoint(DEAD_BLOCK + keysym - DEAD_KEYSYMS);
  return keysyms.characterOf(keysym);
}

function isDead(cell) {
  return cell >= '\ue000' && cell <= '\ue0ff';
}

function makeLayout({ source, text }, keysyms) {
  const nameAt = parseKeymap(text);
  // Some have levels for AltGr and no key that is AltGr.
  const hasAltGr = nameAt(RIGHT_ALT, 0) === 'ISO_Level3_Shift';
  const held = hasAltGr || source.keymapOnly ? LAYERS : [0, SHIFT, 0, SHIFT];
  const layers = held.map((modifiers) =>
    writingKeys.map((key) => {
      const keysym = keysyms.numberOf(nameAt(linuxCodes.get(key) ?? key, modifiers));
      return { keysym, cell: cellOf(keysym, keysyms) ?? NOTHING };
    }),
  );
  // On Japanese boards the key alone switches between scripts.
  const capsLock = LAYERS.find((modifiers) => nameAt(CAPS_LOCK, modifiers) === 'Caps_Lock') ?? 0;
  return { ...source, layers, capsLock };
}

/** The keysym of a character where it is neither Latin-1 nor the one that Unicode gives it. */
function makeOldKeysyms(layouts) {
  const old = new Map();
  for (const { keysym, cell } of layouts.flatMap(({ layers }) => layers.flat())) {
    if (keysym === undefined || isDead(cell) || keysym < 0x100 || keysym >= 0x100_0000) continue;
    if (cell !== NOTHING) old.set(cell, keysym);
  }
  return old;
}

/** What follows a dead key, or several, and what becomes of both, for what our layouts can give. */
function makeCompositions(layouts, compose, keysyms) {
  const given = new Set(
    layouts.flatMap(({ layers }) => layers.flat().map(({ keysym }) => keysym ?? 0)),
  );
  const compositions = new Map();
  for (const { names, result } of parseCompose(compose)) {
    const numbers = names.map((name) => keysyms.numberOf(name));
    if ([...result].length !== 1 || !numbers.every((one) => given.has(one))) continue;
    const cells = numbers.map((one) => cellOf(one, keysyms));
    const prefix = cells.slice(0, -1).join('');
    if (!compositions.has(prefix)) compositions.set(prefix, new Map());
    compositions.get(prefix).set(cells.at(-1), result);
  }
  return compositions;
}

/**
 * Everything that the tables in core/keyboard hold, from compiled keymaps and a Compose file.
 * @param {{ keymaps: readonly { source: import('./layout-sources.mjs').LayoutSource, text: string }[], compose: string, keysyms: ReturnType<typeof import('./keysyms.mjs').readKeysyms> }} sources
 */
export function makeTables({ keymaps, compose, keysyms }) {
  const layouts = keymaps.map((keymap) => makeLayout(keymap, keysyms));
  return {
    layouts,
    oldKeysyms: makeOldKeysyms(layouts),
    compositions: makeCompositions(layouts, compose, keysyms),
  };
}
