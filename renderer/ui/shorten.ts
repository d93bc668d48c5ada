const DEFAULT_LONGEST = 28;

function middle(text: string, longest: number): string {
  const letters = Array.from(text);
  if (letters.length <= longest) return text;
  const tail = Math.floor((longest - 1) * 0.4);
  const head = Math.max(1, longest - 1 - tail);
  return `${letters.slice(0, head).join('')}…${tail > 0 ? letters.slice(-tail).join('') : ''}`;
}

/**
 * Shortens an address, number or path in the middle, so that both ends can be told apart. Of
 * `name@place` the name is shortened and the place kept, as long as half of the room is left for it.
 */
export function shortenMiddle(text: string, longest = DEFAULT_LONGEST): string {
  const at = text.indexOf('@');
  const place = at < 0 ? '' : text.slice(at);
  if (text.length <= longest || place === '') return middle(text, longest);
  const room = longest - place.length;
  return room < longest * 0.3 ? middle(text, longest) : middle(text.slice(0, at), room) + place;
}
