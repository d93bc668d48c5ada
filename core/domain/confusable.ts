/**
 * Letters that are drawn like a Latin letter or digit, by what they are drawn like: the part of the
 * confusables of Unicode Technical Standard 39 that names of machines meet. Lower case; capitals
 * are lowered first, and the few that look otherwise when small are listed as themselves.
 */
const LOOKS_LIKE: Readonly<Record<string, string>> = {
  a: 'аɑα',
  b: 'ЬьƅᏏ',
  c: 'сϲᴄ',
  d: 'ԁɗ',
  e: 'еҽєε',
  f: 'ƒϝ',
  g: 'ɡց',
  h: 'һհ',
  i: 'іıιɩ',
  j: 'јϳ',
  k: 'кκ',
  l: '1|ӏǀӀⅼ',
  m: 'мᴍ',
  n: 'пոη',
  o: '0оοօס',
  p: 'рρ',
  q: 'ԛգ',
  r: 'гᴦ',
  s: 'ѕꜱ',
  t: 'тτ',
  u: 'υսᴜ',
  v: 'ѵνᴠ',
  w: 'ԝѡωᴡ',
  x: 'хχ',
  y: 'уүγʏ',
  z: 'ᴢʐ',
  '-': '‐‑‒–—−―',
  '3': 'зӡ',
};

const LATIN = new Map(
  Object.entries(LOOKS_LIKE).flatMap(([letter, others]) =>
    Array.from(others, (one) => [one, letter] as const),
  ),
);

/** Characters that are not drawn, or change the order in which others are. */
const INVISIBLE = /[\p{Default_Ignorable_Code_Point}\p{Cf}\p{Cc}]/gu;

const SCRIPTS = ['Latin', 'Cyrillic', 'Greek', 'Armenian', 'Hebrew', 'Arabic'] as const;
export type Script = (typeof SCRIPTS)[number];

/** The text without the characters that nobody can see, some of which turn what follows around. */
export function visible(text: string): string {
  return text.replace(INVISIBLE, '');
}

/** Two names of the same skeleton can be taken for each other when they are read. */
export function skeletonOf(name: string): string {
  // Compatibility forms first, so that full-width and mathematical letters are plain ones.
  const plain = visible(name).normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  const letters = Array.from(plain, (one) => LATIN.get(one) ?? one).join('');
  // Drawn as one letter in most typefaces.
  return letters.replaceAll('rn', 'm').replaceAll('vv', 'w').replaceAll(/\s+/gu, ' ').trim();
}

/** The alphabets that the letters of a name come from, where there are several. */
export function mixedScripts(name: string): readonly Script[] {
  const used = SCRIPTS.filter((script) => new RegExp(`\\p{Script=${script}}`, 'u').test(name));
  return used.length > 1 ? used : [];
}

/** Whether a name holds characters that cannot be seen. */
export function hidesCharacters(name: string): boolean {
  return visible(name) !== name;
}
