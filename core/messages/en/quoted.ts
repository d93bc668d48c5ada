/** A text of somebody else at the end of a sentence; one that ends a sentence itself gets no second stop. */
export function quotedAtEnd(text: string): string {
  return /[.!?…]$/u.test(text) ? `“${text}”` : `“${text}”.`;
}
