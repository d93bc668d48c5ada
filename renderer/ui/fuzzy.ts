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

/** The best of many, the best first, each once; equal ones stay in their order. */
export function bestMatches<T>(
  items: Iterable<T>,
  query: string,
  textsOf: (item: T) => readonly string[],
  most: number,
): readonly T[] {
  const scored: { item: T; score: number }[] = [];
  for (const item of items) {
    const scores = textsOf(item).flatMap((text) => fuzzyScore(query, text) ?? []);
    if (scores.length > 0) scored.push({ item, score: Math.max(...scores) });
  }
  return scored
    .sort((a, b) => b.score - a.score)
    .slice(0, most)
    .map(({ item }) => item);
}
