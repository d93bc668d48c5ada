/**
 * At most so many characters of a text, to be kept: a copy. A part of a string holds the whole that it was
 * cut from in memory, and with what a stream brought that is all that came in one piece.
 */
export function keptText(text: string, most: number): string {
  return Buffer.from(text.slice(0, most)).toString();
}
