/** What a word of a log is made of: names, numbers, JIDs, paths. */
const PART = /[\p{L}\p{N}_@./-]/u;
/** What ends a sentence and no name. */
const EDGES = /^[./-]+|[./-]+$/gu;

/** The word that is under a place of a text, in UTF-16 units; undefined between words. */
export function wordIn(text: string, at: number): string | undefined {
  let [from, to] = [at, at];
  while (from > 0 && PART.test(text.charAt(from - 1))) from -= 1;
  while (to < text.length && PART.test(text.charAt(to))) to += 1;
  const word = text.slice(from, to).replace(EDGES, '');
  return word === '' ? undefined : word;
}

/** The word under the pointer, where it is over a text of this element. */
export function wordAt({ clientX, clientY }: MouseEvent, within: Element): string | undefined {
  const place = document.caretPositionFromPoint(clientX, clientY);
  if (place?.offsetNode.nodeType !== Node.TEXT_NODE || !within.contains(place.offsetNode)) {
    return undefined;
  }
  const range = document.createRange();
  range.selectNodeContents(place.offsetNode);
  // Beside a text its nearest place is told.
  const { left, right } = range.getBoundingClientRect();
  if (clientX < left || clientX > right) return undefined;
  return wordIn(place.offsetNode.textContent ?? '', place.offset);
}
