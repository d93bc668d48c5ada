import { readFileSync } from 'node:fs';

const HEADER = '/usr/include/xkbcommon/xkbcommon-keysyms.h';
const DEFINITION = /^#define XKB_KEY_(\w+)\s+0x([0-9a-f]+)(?:\s*\/\*[( ]?U\+([0-9A-F]+))?/gmu;
const UNICODE_KEYSYM = 0x0100_0000;

/** What libxkbcommon's header says of keysyms: the number of a name, and the character of a number. */
export function readKeysyms(file = HEADER) {
  const numbers = new Map();
  const characters = new Map();
  for (const [, name, number, codePoint] of readFileSync(file, 'utf8').matchAll(DEFINITION)) {
    const keysym = Number.parseInt(number, 16);
    numbers.set(name, keysym);
    if (codePoint !== undefined && !characters.has(keysym)) {
      characters.set(keysym, String.fromCodePoint(Number.parseInt(codePoint, 16)));
    }
  }
  return {
    /** @returns {number | undefined} */
    numberOf: (name) => numbers.get(name) ?? numberInName(name),
    /** @returns {string | undefined} */
    characterOf: (keysym) =>
      keysym >= UNICODE_KEYSYM
        ? String.fromCodePoint(keysym - UNICODE_KEYSYM)
        : characters.get(keysym),
  };
}

function numberInName(name) {
  if (/^0x[0-9a-f]+$/iu.test(name)) return Number.parseInt(name, 16);
  const unicode = /^U([0-9A-F]{3,6})$/iu.exec(name);
  if (!unicode) return undefined;
  const codePoint = Number.parseInt(unicode[1], 16);
  return codePoint < 0x100 ? codePoint : UNICODE_KEYSYM + codePoint;
}
