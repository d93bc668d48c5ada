/** Letters at the begin of a word are worth more, and so are letters that follow one another. */
const START = 8;
const NEXT = 5;
const FOUND = 1;

function isStart(text: string, at: number): boolean {
  return at === 0 || /[\s\-_.:/@]/u.test(text[at - 1] ?? '');
}

/**
 * How well the letters of a query are found in a text, in their order: higher is better, undefined when
 * one is missing. Both are compared without regard to case.
 */
export function fuzzyScore(query: string, text: string): number | undefined {
  const wanted = query.toLowerCase().replaceAll(/\s+/gu, '');
  const given = text.toLowerCase();
  if (wanted === '') return 0;
  const whole = given.indexOf(query.toLowerCase().trim());
  let score = whole >= 0 ? 40 + (isStart(given, whole) ? 20 : 0) : 0;
  let from = 0;
  let last = -2;
  for (const letter of wanted) {
    const at = given.indexOf(letter, from);
    if (at < 0) return undefined;
    score += at === last + 1 ? NEXT : isStart(given, at) ? START : FOUND;
    last = at;
    from = at + 1;
  }
  return score - given.length * 0.05;
}

/** A word of a query that is plainly there and does not only have its letters somewhere. */
const PLAIN = 40;
/** From how many letters on a word also counts in the midst of another. */
const INSIDE = 3;

/**
 * How well the words of a query are found in texts, each as the begin of a word or within one, in any
 * order: undefined when one is missing, or nothing is asked for.
 */
function plainScore(query: string, texts: readonly string[]): number | undefined {
  const wanted = query.toLowerCase().split(/\s+/u).filter(Boolean);
  if (wanted.length === 0) return undefined;
  const given = texts.join(' ').toLowerCase();
  const found = (word: string): boolean => {
    if (word.length >= INSIDE) return given.includes(word);
    for (let at = given.indexOf(word); at >= 0; at = given.indexOf(word, at + 1)) {
      if (isStart(given, at)) return true;
    }
    return false;
  };
  return wanted.every(found) ? PLAIN - given.length * 0.05 : undefined;
}

/** Whether each word of a query is in one of the texts as it was typed. */
export function isPlainMatch(query: string, texts: readonly string[]): boolean {
  return plainScore(query, texts) !== undefined;
}

/** The best of many, the best first, each once; equal ones stay in their order. */
export function bestMatches<T>(
  items: Iterable<T>,
  query: string,
  textsOf: (item: T) => readonly string[],
  most: number,
): readonly T[] {
  const scored: { item: T; score: number }[] = [];
  for (const item of items) {
    const texts = textsOf(item);
    const scores = texts.flatMap((text) => fuzzyScore(query, text) ?? []);
    const plain = plainScore(query, texts);
    if (plain !== undefined) scores.push(plain);
    if (scores.length > 0) scored.push({ item, score: Math.max(...scores) });
  }
  return scored
    .sort((a, b) => b.score - a.score)
    .slice(0, most)
    .map(({ item }) => item);
}
