const KEYCODE = /<(\w+)>\s*=\s*(\d+);/gu;
const TYPE = /type "([^"]+)" \{([\s\S]*?)\n\t\};/gu;
const LEVEL = /map\[([^\]]+)\]\s*=\s*(\d+);/gu;
const KEY = /key <(\w+)>\s*\{([\s\S]*?)\};/gu;
const SHIFT = 1;
const ALT_GR = 2;

/** The types that libxkbcommon gives to keys by their number of levels, as far as we need them. */
const USUAL_TYPES = [
  { known: 0, levels: new Map([[0, 1]]) },
  {
    known: SHIFT,
    levels: new Map([
      [0, 1],
      [SHIFT, 2],
    ]),
  },
  {
    known: SHIFT | ALT_GR,
    levels: new Map([
      [0, 1],
      [SHIFT, 2],
      [ALT_GR, 3],
      [SHIFT | ALT_GR, 4],
    ]),
  },
];

/**
 * A compiled keymap, as `xkbcli compile-keymap` prints it.
 * @returns {(linuxCode: number, modifiers: number) => string | undefined} the name of the keysym that
 *   a key gives with Shift (1), AltGr (2) or both (3) held, in the first group
 */
export function parseKeymap(text) {
  const names = new Map(
    [...text.matchAll(KEYCODE)].map(([, name, code]) => [Number(code) - 8, name]),
  );
  const types = new Map([...text.matchAll(TYPE)].map(([, name, body]) => [name, readType(body)]));
  const symbols = text.slice(text.indexOf('xkb_symbols'));
  const keys = new Map([...symbols.matchAll(KEY)].map(([, name, body]) => [name, readKey(body)]));
  return (linuxCode, modifiers) => {
    const key = keys.get(names.get(linuxCode));
    if (key === undefined) return undefined;
    const type = types.get(key.type) ?? USUAL_TYPES[Math.min(key.symbols.length, 3) - 1];
    // What a type does not know counts for nothing, and what it does not list is its first level.
    const level = type.levels.get(modifiers & type.known) ?? 1;
    const symbol = key.symbols[level - 1];
    return symbol === 'NoSymbol' ? undefined : symbol;
  };
}

function readType(body) {
  const known = /^\s*modifiers\s*=\s*([^;]*);/mu.exec(body)?.[1] ?? 'none';
  const levels = new Map([[0, 1]]);
  for (const [, names, level] of body.matchAll(LEVEL)) {
    // A level for which CapsLock, NumLock or a fifth level must be on is none of ours.
    if (names.split('+').every((name) => maskOf(name) !== 0))
      levels.set(maskOfAll(names), Number(level));
  }
  return { known: maskOfAll(known), levels };
}

function maskOfAll(names) {
  return names.split('+').reduce((all, name) => all | maskOf(name), 0);
}

function maskOf(name) {
  return { Shift: SHIFT, LevelThree: ALT_GR }[name] ?? 0;
}

function readKey(body) {
  const type = /type(?:\[\w+\])?=\s*"([^"]+)"/u.exec(body)?.[1];
  const list = /symbols\[\w+\]=\s*\[([^\]]*)\]/u.exec(body) ?? /^\s*\[([^\]]*)\]/u.exec(body);
  return { type, symbols: (list?.[1] ?? '').split(',').map((name) => name.trim()) };
}
