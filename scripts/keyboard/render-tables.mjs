import { writingKeys } from './layout-sources.mjs';

const LAYER_NAMES = ['plain', 'shift', 'altGr', 'shiftAltGr'];

/** A string literal; what cannot be seen in an editor is escaped. */
function literal(text) {
  const shown = [...text].map((character) => {
    if (character === '\\' || character === "'") return `\\${character}`;
    if (!/[\p{Mn}\p{C}\p{Z}\p{Cf}]/u.test(character) || character === ' ') return character;
    const code = character.codePointAt(0).toString(16);
    return code.length > 4 ? `\\u{${code}}` : `\\u${code.padStart(4, '0')}`;
  });
  return `'${shown.join('')}'`;
}

function made({ xkbData, libX11 }) {
  return `// Made by scripts/keyboard-layouts.mjs from xkb-data ${xkbData} and the Compose file of libX11
// ${libX11}; their copyright notices are in THIRD-PARTY-NOTICES. Run: npm run keyboard:layouts`;
}

function renderLayout({ id, layout, variant, latin, keymapOnly, layers, capsLock }) {
  const facts = [
    `xkb: { layout: '${layout}'${variant === undefined ? '' : `, variant: '${variant}'`} }`,
    ...(latin === undefined ? [] : [`latin: '${latin}'`]),
    ...(keymapOnly ? ['keymapOnly: true'] : []),
    ...(capsLock === 0 ? [] : [`capsLockModifiers: ${capsLock}`]),
    ...LAYER_NAMES.flatMap((name, index) => {
      const text = layers[index].map(({ cell }) => cell).join('');
      const isRepeated = index >= 2 && text === layers[index - 2].map(({ cell }) => cell).join('');
      return isRepeated || text.trim() === '' ? [] : [`${name}: ${literal(text)}`];
    }),
  ];
  return `'${id}': { ${facts.join(',\n')} },`;
}

/** core/keyboard/layout-tables.ts */
export function renderLayoutTables({ layouts, oldKeysyms }, versions) {
  const keys = writingKeys.map((key) => `0x${key.toString(16).padStart(2, '0')}`).join(', ');
  const old = [...oldKeysyms].sort(([, a], [, b]) => a - b);
  return `/* eslint max-lines: off */
${made(versions)}

/** One layout: what each of WRITING_KEYS gives, a character each, by the modifiers held. */
export interface LayoutTable {
  /** What xkb calls it. */
  readonly xkb: { readonly layout: string; readonly variant?: string };
  /** The layout whose group holds the Latin letters, where this one has none. */
  readonly latin?: 'us';
  /** For no guest: only the names of keys that a server's keymap may want. */
  readonly keymapOnly?: true;
  /** What must be held for CapsLock to be CapsLock: 1 is Shift. Nothing where it is absent. */
  readonly capsLockModifiers?: number;
  /** A space is nothing; U+E000 to U+E0FF is the dead key whose keysym has that low byte. */
  readonly plain: string;
  readonly shift: string;
  /** Absent where AltGr makes no difference, or where the layout has no such key. */
  readonly altGr?: string;
  readonly shiftAltGr?: string;
}

/** The keys that the tables speak of, as XT scancodes, in rows as on the board. */
export const WRITING_KEYS: readonly number[] = [${keys}];

export const LAYOUT_TABLES = {
${layouts.map(renderLayout).join('\n')}
} as const satisfies Readonly<Record<string, LayoutTable>>;

/** Characters with a keysym from before Unicode, in the order of OLD_KEYSYMS. */
export const OLD_KEYSYM_CHARACTERS = ${literal(old.map(([character]) => character).join(''))};

export const OLD_KEYSYMS: readonly number[] = [${old.map(([, keysym]) => `0x${keysym.toString(16)}`).join(', ')}];
`;
}

/** core/keyboard/compose-table.ts */
export function renderComposeTable({ compositions }, versions) {
  const lines = [...compositions].map(([prefix, pairs]) => {
    const text = [...pairs].flat().join('');
    return `[${literal(prefix)}, ${literal(text)}],`;
  });
  return `${made(versions)}

/**
 * What dead keys make, by the dead keys pressed first: pairs of what is pressed last and the result.
 * Dead keys are written as in the layouts' tables.
 */
export const COMPOSE_TABLE: readonly (readonly [string, string])[] = [
${lines.join('\n')}
];
`;
}
