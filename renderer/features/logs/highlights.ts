/** A piece of a text, and which of the words it is: -1 for none. */
export interface Piece {
  readonly text: string;
  readonly word: number;
}

/** How many colours there are; further words begin with the first again. */
export const HIGHLIGHT_COLOURS = 5;

/** A text in pieces by the words that stand in it, whatever their case; the longest where several do. */
export function piecesOf(text: string, words: readonly string[]): readonly Piece[] {
  const wanted = words
    .map((word, index) => ({ lower: word.toLowerCase(), index }))
    .filter(({ lower }) => lower !== '')
    .sort((one, other) => other.lower.length - one.lower.length);
  const lower = text.toLowerCase();
  // Of some letters the small one is longer: then places would not be the same.
  if (wanted.length === 0 || lower.length !== text.length) return [{ text, word: -1 }];
  const pieces: Piece[] = [];
  let from = 0;
  for (let at = 0; at < text.length;) {
    const found = wanted.find((one) => lower.startsWith(one.lower, at));
    if (!found) {
      at += 1;
      continue;
    }
    if (at > from) pieces.push({ text: text.slice(from, at), word: -1 });
    from = at + found.lower.length;
    pieces.push({ text: text.slice(at, from), word: found.index });
    at = from;
  }
  if (from < text.length) pieces.push({ text: text.slice(from), word: -1 });
  return pieces;
}
