/** Shortens a JID, UUID or path in the middle, so that both ends can be told apart. */
export function shortenMiddle(text: string, longest = 28): string {
  const letters = Array.from(text);
  if (letters.length <= longest) return text;
  const tail = Math.ceil((longest - 1) * 0.6);
  const head = longest - 1 - tail;
  return `${letters.slice(0, head).join('')}…${letters.slice(-tail).join('')}`;
}
